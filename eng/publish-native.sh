#!/usr/bin/env bash
# Builds provablesec as one native program that needs no .NET, into artifacts/native/RID. Needs clang (or gcc) and the headers of zlib, and the linker of that system:
# macOS and Windows build their own.
#   eng/publish-native.sh RID [--test]   RID is linux-x64, linux-arm64, osx-arm64, win-x64, …; --test runs the tests of the command line with what was built
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -gt 0 ] && [[ "$1" != -* ]] || { sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 2; }
runtime=$1 test=0
shift
while [ $# -gt 0 ]; do
  case "$1" in
    --test) test=1 ;;
    *) echo "publish-native.sh: unknown option $1" >&2; exit 2 ;;
  esac
  shift
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
folder=$root/artifacts/native/$runtime

linker=()
command -v clang >/dev/null || ! command -v gcc >/dev/null || linker=(-p:CppCompilerAndLinker=gcc)
# What is built on the way lies apart, so that the checkout stays restored for all systems.
dotnet publish "$root/tool/ProvableSec.Tool" --configuration Release --runtime "$runtime" --artifacts-path "$root/artifacts/native/build" --output "$folder" --nologo --verbosity quiet \
  -warnaserror -p:NativeProgram=true "${linker[@]+"${linker[@]}"}"
program=$folder/provablesec
[ -e "$program" ] || program+=.exe
echo "$program: $(wc -c <"$program" | tr -d ' ') bytes"

if [ "$test" = 1 ]; then
  # Those of processes and streams of a test's own run as ever.
  dotnet build "$root/tests/ProvableSec.Tool.Tests" --configuration Release -warnaserror --nologo --verbosity quiet
  cd "$root"
  PROVABLESEC_TOOL=$program "tests/ProvableSec.Tool.Tests/bin/Release/net10.0/ProvableSec.Tool.Tests" --filter-not-trait "Category=Corpus"
fi
