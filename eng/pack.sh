#!/usr/bin/env bash
# Packs all that is installed: the libraries, the analyzers, the templates and the two programs.
#   eng/pack.sh FOLDER [--version VERSION] [--configuration NAME] [--no-build] [--runtime RID]...
# provablesec and provablesec-report have a package for each system, the one because its code is compiled ahead, the other because of its native database engine: those of all
# systems unless --runtime names some. provablesec.any is for every other system.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -gt 0 ] && [[ "$1" != -* ]] || { sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2; }
folder=$1 configuration=Release build=() runtimes=() version=()
shift
while [ $# -gt 0 ]; do
  case "$1" in
    --version) version=("-p:Version=$2"); shift ;;
    --configuration) configuration=$2; shift ;;
    --runtime) runtimes+=("$2"); shift ;;
    --no-build) build=(--no-build) ;;
    *) echo "pack.sh: unknown option $1" >&2; exit 2 ;;
  esac
  shift
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
[ ${#runtimes[@]} -gt 0 ] || runtimes=(linux-x64 linux-arm64 osx-x64 osx-arm64 win-x64 win-arm64)

dotnet pack "$root/ProvableSec.sln" --configuration "$configuration" --output "$folder" --verbosity quiet "${build[@]+"${build[@]}"}" "${version[@]+"${version[@]}"}" -p:CreateRidSpecificToolPackages=false
# The compiler that works ahead and what it needs of each system come with this restore alone, so that a build wants neither; the projects stay restored for a build too.
RuntimeIdentifiers="$(IFS=';'; echo "${runtimes[*]};any")" dotnet restore "$root/tool/ProvableSec.Tool" --verbosity quiet -p:PublishReadyToRun=true
for runtime in "${runtimes[@]}" any; do
  ahead=true
  [ "$runtime" != any ] || ahead=false
  dotnet pack "$root/tool/ProvableSec.Tool" --configuration "$configuration" --output "$folder" --verbosity quiet --no-restore --runtime "$runtime" -p:BuildProjectReferences=false -p:PublishReadyToRun="$ahead" "${version[@]+"${version[@]}"}"
done
for runtime in "${runtimes[@]}"; do
  # One program is built for each system; what it refers to is the same for all, and has just been built.
  dotnet pack "$root/tool/ProvableSec.Report" --configuration "$configuration" --output "$folder" --verbosity quiet --no-restore --runtime "$runtime" -p:BuildProjectReferences=false "${version[@]+"${version[@]}"}"
done
