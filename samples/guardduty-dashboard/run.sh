#!/usr/bin/env bash
# Makes up ten days of GuardDuty findings and writes a report of them: samples/guardduty-dashboard/run.sh [FOLDER]. Needs node and the .NET SDK.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
# PROVABLESEC_REPORT: the assembly of a report program that is built already.
report=(dotnet run --project "$root/tool/ProvableSec.Report" --configuration Release --)
[ -z "${PROVABLESEC_REPORT:-}" ] || report=(dotnet "$PROVABLESEC_REPORT")
out=${1:-$root/artifacts/guardduty-dashboard}
mkdir -p "$out"
node "$root/samples/guardduty-dashboard/generate.mjs" > "$out/synthetic-findings.ndjson"
"${report[@]}" guardduty "$out/synthetic-findings.ndjson" --out "$out/report.html"
echo "$out/report.html"
