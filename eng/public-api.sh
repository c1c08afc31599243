#!/usr/bin/env bash
# Writes down what the libraries offer: all that is public and not in PublicAPI.Shipped.txt goes to PublicAPI.Unshipped.txt beside it. Run it after a change of what is public, and read the
# difference as a user of the packages would. A build fails (RS0016, RS0017) until the files say what the code does.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
libraries=() projects=()
for project in $(grep -l 'eng/Library.props' */*/*.csproj); do
  projects+=("$project")
  libraries+=("$(dirname "$project")")
done
for folder in "${libraries[@]}"; do
  [ -f "$folder/PublicAPI.Shipped.txt" ] || echo '#nullable enable' >"$folder/PublicAPI.Shipped.txt"
  echo '#nullable enable' >"$folder/PublicAPI.Unshipped.txt"
done

# The analyzer names each member that is on neither list in the form that the lists have.
{ echo '<Solution>'; printf "  <Project Path=\"$PWD/%s\" />\n" "${projects[@]}"; echo '</Solution>'; } >"$log/libraries.slnx"
dotnet build "$log/libraries.slnx" --configuration Release --verbosity quiet -p:PublicApiLog="$log" -p:TreatWarningsAsErrors=false >"$log/build.txt" 2>&1 || { cat "$log/build.txt" >&2; exit 1; }
for folder in "${libraries[@]}"; do
  awk '/"ruleId":/ { undeclared = /"RS0016"/ } undeclared && /"APIName":/' "$log/$(basename "$folder")".net*.sarif | sed 's/^ *"APIName": "//; s/",\{0,1\}$//; s/\\\(["\\]\)/\1/g' |
    LC_ALL=C sort -u >>"$folder/PublicAPI.Unshipped.txt"
  echo "$folder: $(($(wc -l <"$folder/PublicAPI.Unshipped.txt") - 1)) unshipped"
done
