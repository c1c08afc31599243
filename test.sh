#!/usr/bin/env bash
# Runs all tests. Installs missing system packages when root or when CI is set, else names the command and goes on without what needs them.
#   ./test.sh             what every change must pass
#   ./test.sh --soak [N]  the long random tests too, N rounds each (default 1000000)
#   ./test.sh --soak N --seed S   goes on at question S: what an interrupted run printed last, or a question that failed
#   ./test.sh --foreign DIR   the analyzers on other people's C# too: no false alarm, no crash
#   ./test.sh --arm64     the log filter on an emulated Arm64 processor too
#   ./test.sh --native    the tests of the command line with a native build of the command too (CI adds this)
#   ./test.sh --corpus    the tests on the corpus beside the repository too (CI adds this when the corpus is there)
# The last line is "N passed, N failed, N skipped", summed from the result files.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

corpus=0 arm64=0 native=0
while [ $# -gt 0 ]; do
  case "$1" in
    --soak)
      export PROVABLESEC_SOAK=1000000
      if [ $# -gt 1 ] && [[ "$2" =~ ^[0-9]+$ ]]; then PROVABLESEC_SOAK=$2; shift; fi ;;
    --seed)
      [ $# -gt 1 ] || { echo "test.sh: --seed needs a number" >&2; exit 2; }
      export PROVABLESEC_SEED=$2; shift ;;
    --foreign)
      [ $# -gt 1 ] && [ -d "$2" ] || { echo "test.sh: --foreign needs a folder" >&2; exit 2; }
      PROVABLESEC_FOREIGN_SOURCE=$(cd "$2" && pwd); export PROVABLESEC_FOREIGN_SOURCE; shift ;;
    --arm64) arm64=1 ;;
    --native) native=1 ;;
    --corpus) corpus=1 ;;
    -h|--help) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "test.sh: unknown option $1 (try --help)" >&2; exit 2 ;;
  esac
  shift
done

if ! command -v dotnet >/dev/null; then
  echo "test.sh: the .NET SDK is not on the PATH; see https://dotnet.microsoft.com/download" >&2
  exit 2
fi

# System packages that tests use, as command:package: the solvers whose second opinion confirms the prover, a program to compare with, what the CDK runs in, a browser for
# reports.
wanted=(z3:z3 cvc5:cvc5 git-secrets:git-secrets node:nodejs npm:npm chromium:chromium)
missing=()
if [ "$arm64" = 1 ]; then
  wanted+=(qemu-aarch64:qemu-user)
  if [ ! -e /lib/ld-linux-aarch64.so.1 ]; then
    # What a .NET program links to, for the other processor.
    [ "$(id -u)" != 0 ] || dpkg --add-architecture arm64
    missing+=(libc6:arm64 libstdc++6:arm64 libssl3:arm64)
  fi
fi
if [ "$native" = 1 ]; then
  command -v gcc >/dev/null || wanted+=(clang:clang)
  [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
fi
for pair in "${wanted[@]}"; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq "${missing[@]}"
  elif [ -n "${CI:-}" ] && command -v apt-get >/dev/null; then
    sudo apt-get update -qq && sudo apt-get install -y -qq "${missing[@]}"
  else
    echo "test.sh: tests that need ${missing[*]} are skipped; to run them: sudo apt-get install ${missing[*]}"
  fi
fi

configuration=Release
results=artifacts/tests
rm -rf "$results"
mkdir -p "$results"

dotnet build ProvableSec.sln --configuration "$configuration" -warnaserror --nologo --verbosity minimal

if [ "$arm64" = 1 ]; then
  dotnet publish tests/ProvableSec.Runtime.Tests --configuration "$configuration" --runtime linux-arm64 --self-contained --output artifacts/arm64 --nologo --verbosity quiet
  export PROVABLESEC_ARM64="$PWD/artifacts/arm64/ProvableSec.Runtime.Tests"
  # The publication has left the projects restored for that processor.
  dotnet build ProvableSec.sln --configuration "$configuration" -warnaserror --nologo --verbosity quiet
fi

filter=()
[ "$corpus" = 1 ] || filter+=(--filter-not-trait "Category=Corpus")
[ "$arm64" = 1 ] || filter+=(--filter-not-trait "Category=Arm64")
[ -n "${PROVABLESEC_FOREIGN_SOURCE:-}" ] || filter+=(--filter-not-trait "Category=Foreign")

# Exit code 8 is "no test matched": a project may hold corpus tests only.
status=0
dotnet test --solution ProvableSec.sln --configuration "$configuration" --no-build \
  --results-directory "$results" --report-xunit-trx "${filter[@]+"${filter[@]}"}" --ignore-exit-code 8 || status=$?

if [ "$native" = 1 ]; then
  machine=$(uname -m)
  eng/publish-native.sh "linux-$([ "$machine" = aarch64 ] && echo arm64 || echo x64)" --test || status=1
fi

# The closing line comes from the result files, and a project without one is a failure: a runner that died counts no failures.
projects=$(ls -d tests/*.Tests/*.csproj | wc -l)
read -r files passed failed skipped < <(
  cat "$results"/*.trx 2>/dev/null | tr '\n' ' ' | grep -o '<Counters [^>]*>' | awk '
    function n(name,   m) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    { files++; p += n("passed"); f += n("failed") + n("error") + n("timeout") + n("aborted"); s += n("notExecuted") }
    END { print files + 0, p + 0, f + 0, s + 0 }')
if [ "$files" -lt "$projects" ]; then
  echo "test.sh: $((projects - files)) of $projects test projects left no result file" >&2
  status=1
fi
if [ "$passed" = 0 ]; then
  echo "test.sh: no test ran" >&2
  status=1
fi
[ "$failed" = 0 ] || status=1

# Nothing that the suite wrote holds a secret: the tests draw many, and what they print and say of failures is in the result files.
if ! dotnet "tool/ProvableSec.Tool/bin/$configuration/net10.0/provablesec.dll" scan --no-ignore --fail-on info "$results"; then
  echo "test.sh: the result files hold credentials, or could not be scanned" >&2
  status=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
