# Sourced by the samples that show the package in a build: packs it, and copies a template to a temporary folder beside a feed with it.
#   packed SAMPLE_FOLDER TEMPLATE_FOLDER CONFIGURATION   leaves the shell in the copy, restored; $work is the temporary folder
#   build                                                builds and prints the findings, one a line, and whether the build succeeded
# A temporary folder for packages, $work, with a version and a cache of this run: NuGet would take a package of a known version from its cache, not from the feed. All others
# come from the cache that is there.
fresh() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
  export ProvableSecVersion="0.0.0-run.$(date +%s).$$"
  NUGET_FALLBACK_PACKAGES=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
  export NUGET_FALLBACK_PACKAGES NUGET_PACKAGES="$work/packages"
}

#   packages CONFIGURATION NAME...   packs libraries, built before, to the feed of a fresh folder
packages() {
  fresh
  local root configuration=$1 name
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  shift
  for name in "$@"; do
    dotnet pack "$(ls -d "$root"/*/"ProvableSec.$name")" --configuration "$configuration" --no-build --output "$work/feed" \
      -p:PackageVersion="$ProvableSecVersion" --verbosity quiet >"$work/pack.log" 2>&1 || { cat "$work/pack.log" >&2; exit 2; }
  done
}

#   local_feed   restores the project of the current folder from that feed beside the usual source
local_feed() {
  cat >nuget.config <<END
<configuration><packageSources><add key="local" value="$work/feed" /></packageSources></configuration>
END
  dotnet restore --verbosity quiet >"$work/restore.log" || { cat "$work/restore.log" >&2; exit 2; }
}

packed() {
  fresh
  dotnet pack "$1/../../analyzers/ProvableSec.Analyzers.Package" --configuration "$3" --no-build --output "$work/feed" \
    -p:PackageVersion="$ProvableSecVersion" --verbosity quiet >"$work/pack.log" || { cat "$work/pack.log" >&2; exit 2; }
  cp -r "$1/$2" "$work/app"
  cd "$work/app"
  local_feed
}

build() {
  local status=0
  dotnet build --no-restore --no-incremental --verbosity quiet -tl:off -p:UseSharedCompilation=false -p:ErrorLog="$work/build.sarif%2Cversion=2.1" >"$work/build.log" 2>&1 || status=$?
  sed "s|$work/app/||g" "$work/build.log" | grep -oE '^[A-Za-z./]+\([0-9]+,[0-9]+\): (error|warning) [A-Z]+[0-9]+: .*' | sed 's/ (http[^ ]*)//; s/ \[[^[]*$//; s/ *$//' | LC_ALL=C sort -u || true
  [ "$status" = 0 ] && echo "The build succeeded." || echo "The build failed."
  return "$status"
}
