#!/usr/bin/env bash
# Makes runtime/ProvableSec.Analytics/Pages/Assets/charts.js: the parts of Apache ECharts that reports use, and Natural Earth's map. Needs node and npm; builds and tests never call them.
set -euo pipefail
cd "$(dirname "$0")/report-charts"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp charts.mjs world.mjs "$work"
cd "$work"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts --silent echarts@6.1.0 topojson-client@3.1.0 world-atlas@2.0.2 i18n-iso-countries@7.14.0 esbuild@0.28.2
node world.mjs
node_modules/.bin/esbuild charts.mjs --bundle --minify --format=iife --target=es2020 --legal-comments=none --charset=utf8 --outfile=charts.js \
  --banner:js='/* Apache ECharts 6.1.0 (Apache-2.0), zrender (BSD-3-Clause), tslib (0BSD), topojson-client 3.1.0 (ISC), Natural Earth 4.1 by world-atlas 2.0.2 (ISC): THIRD-PARTY-NOTICES.md */'
# The end of a script inside a page.
if grep -qi '</script' charts.js; then
  echo "update-report-charts.sh: the bundle holds </script" >&2
  exit 1
fi
mv charts.js "$OLDPWD/../../runtime/ProvableSec.Analytics/Pages/Assets/charts.js"
