#!/usr/bin/env bash
# Shows the mistakes of before/ and the proofs over after/. The passwords in before/ are placeholders: some that nobody has are put into a copy.
#   ./run.sh                       what provablesec finds and proves; it is taken from the PATH, or from the dll that PROVABLESEC names
#   ./run.sh app [CONFIGURATION]   builds the application with the package ProvableSec.Analyzers, packed from this checkout, that was built in the configuration (Release)
# Exit code 0: the mistakes were found, and everything holds afterwards.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if [ "${1:-}" = app ]; then
  . "$here/../packed.sh"
  packed "$here" after/app "${2:-Release}"
  echo "\$ dotnet build"
  build
  exit
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/before" "$here/after" "$work"
cd "$work"
random() { head -c 4096 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c 1-24; }
documentdb=$(random) redshift=$(random)
sed -i.bak "s/{{DOCUMENTDB_PASSWORD}}/$documentdb/; s/{{REDSHIFT_PASSWORD}}/$redshift/" before/config.py before/template.yaml
rm before/*.bak

tool() { if [ -n "${PROVABLESEC:-}" ]; then dotnet "$PROVABLESEC" "$@"; else provablesec "$@"; fi; }

# Prints a command and what it prints; its exit code must be the one that is expected.
expect() {
  local code=$1 status=0
  shift
  echo "+ provablesec $*"
  tool "$@" >"$work/output" 2>"$work/summary" || status=$?
  cat "$work/summary" >>"$work/output"
  cat "$work/output"
  if grep -qF -e "$documentdb" -e "$redshift" "$work/output"; then echo "run.sh: a password is in the output" >&2; exit 1; fi
  [ "$status" = "$code" ] || { echo "run.sh: exit code $status, not $code" >&2; exit 1; }
  echo
}

expect 1 scan before
expect 1 check before/template.yaml
expect 1 verify before/provablesec.json
expect 0 scan after
expect 0 check after/template.yaml
expect 0 verify after/provablesec.json
