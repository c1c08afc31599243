#!/usr/bin/env bash
# Writes what is made from the code and is on file: pages of rules and of commands, indexes, tables of controls, of comparisons and of what a proof assumes, presets and the release
# table of the analyzers, recorded runs in documents, parts of schemas, outputs that tests compare with. Run it after a change of any of those, and read the difference. ./test.sh fails until it was run.
#   eng/pages.sh           all of them
#   eng/pages.sh rules     what follows from a rule
#   eng/pages.sh commands  what follows from a command or an option, a question or a policy layer
set -euof pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Each line: a project of tests, and the classes in it that write.
rules="Rules *RulePageTests *ControlPageTests *PresetTests"
commands="Tool *CommandPageTests *RecordedRunTests *SchemaPartsTests
Analytics *ReportPageTests"
others="Rules *ShapeTests
Analyzers *KindsAndFormsTests
Reasoning *WorldModelDocumentTests
Testing *CoverageTests *MessageTests"
case "${1:-all}" in
  all) lines="$rules"$'\n'"$commands"$'\n'"$others" ;;
  rules) lines=$rules ;;
  commands) lines=$commands ;;
  *) sed -n '2,6p' "$0"; exit 2 ;;
esac

while read -r name classes; do
  project=tests/ProvableSec.$name.Tests
  # Warnings are for the build that is tested; a page is there sooner without them.
  dotnet build "$project" --configuration Release --verbosity quiet --nologo -p:RunAnalyzers=false
  filter=()
  for class in $classes; do filter+=(--filter-class "$class"); done
  # What is written may have been wrong before: the second run says whether it is right now.
  PROVABLESEC_WRITE_PAGES=1 PROVABLESEC_WRITE_DOCS=1 "$project/bin/Release/net10.0/ProvableSec.$name.Tests" "${filter[@]}" --progress off >/dev/null || true
  "$project/bin/Release/net10.0/ProvableSec.$name.Tests" "${filter[@]}" --progress off | tail -n 7
done <<<"$lines"
git status --short
