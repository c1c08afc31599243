#!/usr/bin/env bash
# Shows what provablesec check finds in before/, where the password is a placeholder: one that nobody has is put into a copy; then in after/, and runs its entry script with a stand-in of the client.
# provablesec is taken from the PATH, or from the dll that PROVABLESEC names. Exit code 0: the mistakes were found, and nothing afterwards.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/before" "$here/after" "$work"
cd "$work"
password=$(head -c 4096 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c 1-24)
for file in before/*; do
  sed -i.bak "s/{{HSM_PASSWORD}}/$password/" "$file"
  rm "$file.bak"
done

tool() { if [ -n "${PROVABLESEC:-}" ]; then dotnet "$PROVABLESEC" "$@"; else provablesec "$@"; fi; }

# Prints a command and what it prints; its exit code must be the one that is expected.
expect() {
  local code=$1 status=0
  shift
  echo "+ provablesec $*"
  tool "$@" >"$work/output" 2>"$work/summary" || status=$?
  cat "$work/summary" >>"$work/output"
  cat "$work/output"
  if grep -qF "$password" "$work/output"; then echo "run.sh: the password is in the output" >&2; exit 1; fi
  [ "$status" = "$code" ] || { echo "run.sh: exit code $status, not $code" >&2; exit 1; }
  echo
}

expect 1 check before
expect 0 check after

# A client that becomes ready, and one that does not.
mkdir -p hsm/bin
printf '#!/bin/sh\necho "configured for $2"\n' >hsm/bin/configure
printf '#!/bin/sh\n[ -z "${READY:-}" ] || echo "libevmulti_init: Ready !"\n' >hsm/bin/cloudhsm_client
chmod +x hsm/bin/*
export CLOUDHSM_HOME="$work/hsm" HSM_IP=hsm.example HSM_USER=shop HSM_PASSWORD="$password" TMPDIR="$work"
echo "+ after/entrypoint.sh, with a client that becomes ready"
READY=1 sh after/entrypoint.sh echo "the application runs"
echo
echo "+ after/entrypoint.sh, with a client that does not"
if HSM_SECONDS=0 sh after/entrypoint.sh echo "the application runs" 2>&1; then echo "run.sh: it did not wait" >&2; exit 1; fi
