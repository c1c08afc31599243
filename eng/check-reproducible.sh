#!/usr/bin/env bash
# Builds the committed state twice, in two folders of different names, and compares what was built. Usage: eng/check-reproducible.sh [PROJECT]
# Says the hash of each assembly; exit code 1 when one differs.
set -euo pipefail
cd "$(dirname "$0")/.."
project=${1:-tool/ProvableSec.Tool}
commit=$(git rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
for folder in one "another one"; do
  git clone --quiet --no-hardlinks . "$work/$folder"
  git -C "$work/$folder" checkout --quiet --detach "$commit"
  (cd "$work/$folder" && dotnet build "$project" -c Release --nologo -v q -p:ContinuousIntegrationBuild=true -p:UseSharedCompilation=false >"$work/log" 2>&1) || { cat "$work/log" >&2; exit 2; }
  (cd "$work/$folder/$project/bin/Release" && find . -name 'ProvableSec.*.dll' -exec sha256sum {} + | sort -k 2) >"$work/$folder.txt"
done
cat "$work/one.txt"
if ! diff "$work/one.txt" "$work/another one.txt" >&2; then
  echo "check-reproducible: the builds differ" >&2
  exit 1
fi
echo "check-reproducible: $(wc -l <"$work/one.txt") assemblies are the same, byte for byte"
