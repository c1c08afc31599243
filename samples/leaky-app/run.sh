#!/usr/bin/env bash
# Shows what the package does in a build: fills the template with a key that nobody has, in a folder of its own, and builds it before and after the repair.
#   ./run.sh [CONFIGURATION]   the configuration that the package was built in; Release without one
# Exit code 0: the leaky build broke, the repaired one did not.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
configuration=${1:-Release}
. "$here/../packed.sh"

random() { head -c 4096 /dev/urandom | LC_ALL=C tr -dc "$1" | cut -c "1-$2"; }
packed "$here" template "$configuration"
access_key="AKIA$(random 'A-Z2-7' 16)" secret_key=$(random 'A-Za-z0-9' 40)
sed -i.bak "s/{{ACCESS_KEY}}/$access_key/; s/{{SECRET_KEY}}/$secret_key/" ./*.cs ./*.json
rm ./*.bak
told() {
  local status=0
  build || status=$?
  if grep -qF "$secret_key" "$work/build.log" "$work/build.sarif"; then echo "run.sh: the secret is in the compiler's output" >&2; exit 1; fi
  return "$status"
}

echo "\$ dotnet build"
if told; then echo "run.sh: a key went through" >&2; exit 1; fi

echo "\$ dotnet format analyzers"
dotnet format analyzers --no-restore --severity error --verbosity diagnostic --report "$work/format" >"$work/format.log" 2>&1 || { cat "$work/format.log" >&2; exit 1; }
if grep -qrF "$secret_key" "$work/format.log" "$work/format"; then echo "run.sh: the secret is in the output of dotnet format" >&2; exit 1; fi
grep -n 'AmazonS3Client(\|GetCredentials' ./*.cs

echo "\$ dotnet build"
if told; then echo "run.sh: the key in appsettings.json went through" >&2; exit 1; fi

echo "\$ sed -i '/AccessKey\\|SecretKey/d' appsettings.json"
sed -i.bak '/AccessKey/d; /SecretKey/d' appsettings.json
rm appsettings.json.bak

echo "\$ dotnet build"
told
