#!/usr/bin/env bash
# Makes docs/images/waf-report.png: the page of samples/waf-dashboard, whose logs are made up. Needs chromium, node and the .NET SDK.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build tool/ProvableSec.Report --configuration Release --nologo --verbosity quiet
cd "$work"
node "$root/samples/waf-dashboard/generate.mjs" > synthetic-waf-logs.ndjson
dotnet "$root/tool/ProvableSec.Report/bin/Release/net10.0/provablesec-report.dll" waf synthetic-waf-logs.ndjson --out report.html
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=8000 --window-size=1280,1160 --screenshot="$root/docs/images/waf-report.png" "file://$work/report.html" 2>/dev/null
