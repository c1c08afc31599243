#!/usr/bin/env bash
# Shows what the package does in a build: fills the template with a key that nobody has, in a folder of its own, and builds it before and after the repair.
#   ./run.sh [CONFIGURATION]   the configuration that the package was built in; Release without one
# Exit code 0: the leaky build broke, the repaired one did not.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
configuration=${1:-Release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# A version and a cache of this run: NuGet would take a package of a known version from its cache, not from the feed.
export ProvableSecVersion="0.0.0-run.$(date +%s).$$" NUGET_PACKAGES="$work/packages"

dotnet pack "$here/../../analyzers/ProvableSec.Analyzers.Package" --configuration "$configuration" --no-build --output "$work/feed" \
  -p:PackageVersion="$ProvableSecVersion" --verbosity quiet >"$work/pack.log" || { cat "$work/pack.log" >&2; exit 2; }

random() { head -c 4096 /dev/urandom | LC_ALL=C tr -dc "$1" | cut -c "1-$2"; }
cp -r "$here/template" "$work/app"
cd "$work/app"
access_key="AKIA$(random 'A-Z2-7' 16)" secret_key=$(random 'A-Za-z0-9' 40)
sed -i.bak "s/{{ACCESS_KEY}}/$access_key/; s/{{SECRET_KEY}}/$secret_key/" ./*.cs ./*.json
rm ./*.bak
cat >nuget.config <<END
<configuration><packageSources><add key="local" value="$work/feed" /></packageSources></configuration>
END
dotnet restore --verbosity quiet >"$work/restore.log" || { cat "$work/restore.log" >&2; exit 2; }

build() {
  local status=0
  dotnet build --no-restore --no-incremental --verbosity quiet -tl:off -p:UseSharedCompilation=false -p:ErrorLog="$work/build.sarif" >"$work/build.log" 2>&1 || status=$?
  if grep -qF "$secret_key" "$work/build.log" "$work/build.sarif"; then echo "run.sh: the secret is in the compiler's output" >&2; exit 1; fi
  grep -oE '[A-Za-z.]+\([0-9]+,[0-9]+\): (error|warning) [A-Z]+[0-9]+: [^[]*' "$work/build.log" | sed 's/ *$//' | LC_ALL=C sort -u || true
  [ "$status" = 0 ] && echo "The build succeeded." || echo "The build failed."
  return "$status"
}

echo "\$ dotnet build"
if build; then echo "run.sh: a key went through" >&2; exit 1; fi

echo "\$ dotnet format analyzers"
dotnet format analyzers --no-restore --severity error --verbosity diagnostic --report "$work/format" >"$work/format.log" 2>&1 || { cat "$work/format.log" >&2; exit 1; }
if grep -qrF "$secret_key" "$work/format.log" "$work/format"; then echo "run.sh: the secret is in the output of dotnet format" >&2; exit 1; fi
grep -n 'AmazonS3Client(\|GetCredentials' ./*.cs

echo "\$ dotnet build"
if build; then echo "run.sh: the key in appsettings.json went through" >&2; exit 1; fi

echo "\$ sed -i '/AccessKey\\|SecretKey/d' appsettings.json"
sed -i.bak '/AccessKey/d; /SecretKey/d' appsettings.json
rm appsettings.json.bak

echo "\$ dotnet build"
build
