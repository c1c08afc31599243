#!/usr/bin/env bash
# Makes docs/images/waf-report.png: the page of samples/waf-dashboard, whose logs are made up. Needs chromium, node and the .NET SDK.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
samples/waf-dashboard/run.sh "$work" >/dev/null
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=8000 --window-size=1280,1160 --screenshot="$PWD/docs/images/waf-report.png" "file://$work/report.html" 2>/dev/null
