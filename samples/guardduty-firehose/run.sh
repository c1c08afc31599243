#!/usr/bin/env bash
# Builds the function and runs it on generated findings, without AWS. Needs the .NET SDK and Node.js.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build ../../runtime/ProvableSec.Logs.Firehose --configuration Release --nologo --verbosity quiet >&2
node ../guardduty-dashboard/generate.mjs | node run.mjs dotnet ../../runtime/ProvableSec.Logs.Firehose/bin/Release/net10.0/bootstrap.dll
