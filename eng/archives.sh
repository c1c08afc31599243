#!/usr/bin/env bash
# Makes an archive of provablesec for each system, with its license, into a folder, and SHA256SUMS beside them.
#   eng/archives.sh FOLDER [RID]...   RID is linux-x64, linux-arm64, linux-musl-x64, osx-x64, osx-arm64 or win-x64; all of them unless some are named
# The archive of the kind of system that this runs on holds a native program (eng/publish-native.sh). Those of others hold the program for .NET: with the runtime where the
# package source has it for that system, else (-dotnet in the name) for a .NET 10 that is installed there.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -gt 0 ] && [[ "$1" != -* ]] || { sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- linux-x64 linux-arm64 linux-musl-x64 osx-x64 osx-arm64 win-x64
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet=${DOTNET:-dotnet}
work=$root/artifacts/archives
rm -rf "$work"

libc=
! ldd /bin/sh 2>/dev/null | grep -q musl || libc=-musl
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) host=linux$libc-x64 ;;
  Linux-aarch64) host=linux$libc-arm64 ;;
  Darwin-x86_64) host=osx-x64 ;;
  Darwin-arm64) host=osx-arm64 ;;
  *) host=win-x64 ;;
esac
version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p;s:.*<Version>\(.*\)</Version>.*:\1:p' "$root"/Directory.Build.props "$root"/eng/*.props | head -n 1)

publish() {
  "$dotnet" publish "$root/tool/ProvableSec.Tool" --configuration Release --artifacts-path "$root/artifacts/archives-build" --nologo --verbosity quiet -p:PackAsTool=false "$@"
}

for runtime in "$@"; do
  name=provablesec-${version:-0.0.0}-$runtime
  out=$work/$name
  mkdir -p "$out"
  if [ "$runtime" = "$host" ] && "$root/eng/publish-native.sh" "$runtime"; then
    program=$root/artifacts/native/$runtime/provablesec
    [ -e "$program" ] || program+=.exe
    cp "$program" "$out/"
  elif publish --runtime "$runtime" --self-contained true -p:UseAppHost=true -p:EnableAppHostPackDownload=true -p:PublishSingleFile=true -p:SelfContained=true --output "$out" 2>"$work/$name.log"; then
    rm -f "$out"/*.pdb
  else
    # What would make it stand by itself is not to be had here.
    rm -rf "$out"
    name+=-dotnet
    out=$work/$name
    mkdir -p "$out"
    publish --no-self-contained -p:UseAppHost=false --output "$out"
    rm -f "$out"/*.pdb
    if [[ "$runtime" = win-* ]]; then
      printf '@dotnet "%%~dp0provablesec.dll" %%*\r\n' >"$out/provablesec.cmd"
    else
      printf '#!/bin/sh\nexec dotnet "$(dirname "$(readlink -f "$0")")/provablesec.dll" "$@"\n' >"$out/provablesec"
      chmod +x "$out/provablesec"
    fi
  fi
  cp "$root/LICENSE" "$root/THIRD-PARTY-NOTICES.md" "$out/"
  rm -f "$folder/$name".tar.gz "$folder/$name".zip
  if [[ "$runtime" = win-* ]]; then
    (cd "$work" && python3 -m zipfile -c "$folder/$name.zip" "$name")
  else
    tar --create --gzip --file "$folder/$name.tar.gz" --directory "$work" --owner 0 --group 0 --sort name --mtime @0 "$name"
  fi
  echo "$name"
done
(cd "$folder" && sha256sum provablesec-*.tar.gz provablesec-*.zip 2>/dev/null | sort -k 2 >SHA256SUMS)
