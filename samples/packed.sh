# Sourced by the samples that show the package in a build: packs it, and copies a template to a temporary folder beside a feed with it.
#   packed SAMPLE_FOLDER TEMPLATE_FOLDER CONFIGURATION   leaves the shell in the copy, restored; $work is the temporary folder
#   build                                                builds and prints the findings, one a line, and whether the build succeeded
packed() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
  # A version and a cache of this run: NuGet would take a package of a known version from its cache, not from the feed. All others come from the cache that is there.
  export ProvableSecVersion="0.0.0-run.$(date +%s).$$"
  NUGET_FALLBACK_PACKAGES=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
  export NUGET_FALLBACK_PACKAGES NUGET_PACKAGES="$work/packages"
  dotnet pack "$1/../../analyzers/ProvableSec.Analyzers.Package" --configuration "$3" --no-build --output "$work/feed" \
    -p:PackageVersion="$ProvableSecVersion" --verbosity quiet >"$work/pack.log" || { cat "$work/pack.log" >&2; exit 2; }
  cp -r "$1/$2" "$work/app"
  cd "$work/app"
  cat >nuget.config <<END
<configuration><packageSources><add key="local" value="$work/feed" /></packageSources></configuration>
END
  dotnet restore --verbosity quiet >"$work/restore.log" || { cat "$work/restore.log" >&2; exit 2; }
}

build() {
  local status=0
  dotnet build --no-restore --no-incremental --verbosity quiet -tl:off -p:UseSharedCompilation=false -p:ErrorLog="$work/build.sarif%2Cversion=2.1" >"$work/build.log" 2>&1 || status=$?
  sed "s|$work/app/||g" "$work/build.log" | grep -oE '^[A-Za-z./]+\([0-9]+,[0-9]+\): (error|warning) [A-Z]+[0-9]+: .*' | sed 's/ (http[^ ]*)//; s/ \[[^[]*$//; s/ *$//' | LC_ALL=C sort -u || true
  [ "$status" = 0 ] && echo "The build succeeded." || echo "The build failed."
  return "$status"
}
