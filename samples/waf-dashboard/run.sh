#!/usr/bin/env bash
# Makes up three days of AWS WAF logs and writes a report of them: samples/waf-dashboard/run.sh [FOLDER]. Needs node and the .NET SDK.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
# PROVABLESEC_REPORT: the assembly of a report program that is built already.
report=(dotnet run --project "$root/tool/ProvableSec.Report" --configuration Release --)
[ -z "${PROVABLESEC_REPORT:-}" ] || report=(dotnet "$PROVABLESEC_REPORT")
out=${1:-$root/artifacts/waf-dashboard}
mkdir -p "$out/logs"
node "$root/samples/waf-dashboard/generate.mjs" | gzip > "$out/logs/synthetic-waf-logs-1-2026-03-02.gz"
"${report[@]}" waf "$out/logs" --out "$out/report.html"
echo "$out/report.html"
