#!/usr/bin/env bash
# Changes the product in small ways, one at a time, and says which changes no test notices (docs/mutation.md has what came of it).
#   eng/mutation.sh FOLDER [COUNT [SEED]]   tries COUNT changes of FOLDER (default 40), drawn by SEED (default 20260101)
#   eng/mutation.sh FOLDER survivors [SEED] tries those again that no test noticed
#   eng/mutation.sh report                  sums up artifacts/mutation/results.jsonl
# The tests must be built (dotnet build ProvableSec.sln -c Release); each mutant is compiled in memory and put beside a copy of their program.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0"
  exit 2
fi
mkdir -p artifacts/mutation
dotnet build eng/ProvableSec.Mutation -c Release --nologo -v q >&2
exec nice -n 19 dotnet eng/ProvableSec.Mutation/bin/Release/net10.0/ProvableSec.Mutation.dll . artifacts/mutation/results.jsonl "$1" "${2:-40}" "${3:-20260101}"
