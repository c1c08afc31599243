#!/usr/bin/env bash
# Shows what the package does with policies in a build: copies a template to a folder of its own and builds it before and after the repair.
#   ./run.sh [web|cdk|synth] [CONFIGURATION]   the template, and the configuration that package and command were built in; web and Release without them
# synth makes the templates of the CDK program, which needs Node.js, and gives them to provablesec check.
# Exit code 0: the build with mistakes broke, the repaired one did not.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
template=${1:-web}
configuration=${2:-Release}
. "$here/../packed.sh"
packed "$here" "${template/synth/cdk}" "$configuration"

if [ "$template" = synth ]; then
  echo "\$ dotnet run --property:ProvableSecAnalysisMode=none"
  CDK_OUTDIR="$work/app/cdk.out" dotnet run --no-restore --property:ProvableSecAnalysisMode=none >"$work/synth.log" 2>&1 || { cat "$work/synth.log" >&2; exit 2; }
  echo "\$ provablesec check cdk.out/Downloads.template.json"
  dotnet "$here/../../tool/ProvableSec.Tool/bin/$configuration/net10.0/provablesec.dll" check cdk.out/Downloads.template.json >"$work/check.log" 2>"$work/check.err" || [ $? = 1 ] || { cat "$work/check.err" >&2; exit 2; }
  # Of each finding its place, its rule and the resource.
  sed -nE 's/^(cdk\.out[^ ]*: [a-z]+ PSEC[0-9]+): .* · /\1 · /p' "$work/check.log"
  exit 0
fi

echo "\$ dotnet build"
if build; then echo "run.sh: the mistakes went through" >&2; exit 1; fi

if [ "$template" = web ]; then
  # What the error log, which code scanning takes, tells of the finding besides its message.
  echo "\$ grep -o 'witness.*reports.*\\|CWE-732' build.sarif"
  # One resource of many, and what its rule is about.
  grep -oE '"witness\.resource": "[^"]*reports[^"]*"|"CWE-732"' "$work/build.sarif" | LC_ALL=C sort -u

  # Every proved rewrite of one rule, as the editor offers it for the whole solution.
  echo "\$ dotnet format analyzers --diagnostics PSEC3317 --severity info"
  cp Uploads.cs "$work/before.cs"
  dotnet format analyzers --no-restore --diagnostics PSEC3317 --severity info --verbosity diagnostic >"$work/format.log" 2>&1 || { cat "$work/format.log" >&2; exit 1; }
  diff "$work/before.cs" Uploads.cs | grep '^[<>]' || true
fi

if [ "$template" = web ]; then
  echo "\$ sed -i 's/StringNotEquals/StringEquals/' Publishing.cs; sed -i 's/GetObjects/GetObject/' Uploads.cs"
  sed -i.bak 's/StringNotEquals/StringEquals/' Publishing.cs
  sed -i.bak 's/GetObjects/GetObject/' Uploads.cs
else
  echo "\$ rm DownloadsStack.cs; sed -i '/DownloadsStack/d; s/\"o-\\*\"/\"o-abcdefghij\"/; s/\"iam:PassRole\"/\"lambda:InvokeFunction\"/' JobsStack.cs"
  rm DownloadsStack.cs
  sed -i.bak '/DownloadsStack/d; s/"o-\*"/"o-abcdefghij"/; s/"iam:PassRole"/"lambda:InvokeFunction"/' JobsStack.cs
fi

rm -f ./*.bak
echo "\$ dotnet build"
build
