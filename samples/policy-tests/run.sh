#!/usr/bin/env bash
# Runs the tests of this sample against the packages of this checkout, then with the files of mistakes/ in place of the right ones.
#   ./run.sh [CONFIGURATION]    Release unless told; the solution must have been built in it
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../packed.sh"
packages "${1:-Release}" ServiceData Policy Reasoning Rules Rules.Yaml Testing
cp -r "$here/tests" "$work/tests"
cd "$work/tests"
local_feed

tests() {
  dotnet build --no-restore --verbosity quiet -tl:off -p:UseSharedCompilation=false >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 2; }
  dotnet bin/Debug/net10.0/PolicyTests.dll --parallel none --no-ansi --progress off >"$work/tests.log" 2>&1 || true
  # The failures in the order of their names, without times and stack traces, long lines cut; then the count.
  rm -rf "$work/failed" && mkdir "$work/failed"
  awk -v folder="$work/failed/" '/^failed /{file=folder $2; print "failed " $2 >file; next} /^ +at /{file=""} /^Test run summary/{file=""} /^passed /{file=""}
       file{sub(/^  /, ""); sub(/^ProvableSec.Testing.PolicyClaimException : /, ""); print (length($0) > 200 ? substr($0, 1, 180) "..." : $0) >file}' "$work/tests.log"
  cat "$work"/failed/* 2>/dev/null || true
  awk '/^  (total|failed|succeeded):/{printf "%s%s %s", between, $1, $2; between=", "} END{print ""}' "$work/tests.log"
}

tests
cp "$here"/mistakes/* policies/
tests
