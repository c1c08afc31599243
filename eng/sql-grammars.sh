#!/usr/bin/env bash
# Makes artifacts/sql-grammars/VERSIONS/parse.mjs, which holds statements against the grammars of Trino and Hive, and prints its path. Needs node and npm; what is there is not made anew.
set -euo pipefail
cd "$(dirname "$0")/.."
parser=4.5.1 esbuild=0.28.2
folder="$PWD/artifacts/sql-grammars/$parser-$esbuild-$(cksum < eng/sql-grammars/parse.mjs | cut -d ' ' -f 1)"
if [ ! -f "$folder/parse.mjs" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cp eng/sql-grammars/parse.mjs "$work"
  (
    cd "$work"
    npm init --yes >/dev/null
    npm install --no-audit --no-fund --ignore-scripts --silent "dt-sql-parser@$parser" "esbuild@$esbuild" >&2
    node_modules/.bin/esbuild parse.mjs --bundle --platform=node --format=esm --legal-comments=none --log-level=warning --outfile=bundle.mjs >&2
  )
  mkdir -p "$folder"
  mv "$work/bundle.mjs" "$folder/parse.mjs"
fi
echo "$folder/parse.mjs"
