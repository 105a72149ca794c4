#!/usr/bin/env bash
# Azurite 3.37.0 (blobs), read with @azure/storage-blob 12.34.0. Seen 2026-11-29.
# Listing by hierarchy where the delimiter is more than one character, as the service allows: "--" on a--b--1, a--b--2 and a-x.
# Expected: the prefix "a--" and the blob "a-x"; going down into that prefix, "a--b--".
# Seen: the blobs are grouped by the whole delimiter, but the prefix ends after its first character: "a-". Whoever goes on from there finds
# "a-x" among the children too, though it was listed above already, and passes over the level "a--".
# What follows: a walk over such names meets blobs twice on the emulator; one character as the delimiter is safe.
set -euo pipefail

folder=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill -KILL "$emulator"; rm -rf "$folder"' EXIT
cd "$folder"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts azurite@3.37.0 @azure/storage-blob@12.34.0
cat > finding.js <<'JS'
const { BlobServiceClient } = require('@azure/storage-blob');
// The emulator's well-known development account, as its documentation prints it.
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const service = BlobServiceClient.fromConnectionString(`DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};BlobEndpoint=http://127.0.0.1:${process.env.PORT}/devstoreaccount1`);

(async () => {
  const container = service.getContainerClient('finding');
  await container.create();
  for (const name of ['a--b--1', 'a--b--2', 'a-x']) await container.getBlockBlobClient(name).upload('', 0);
  async function list(prefix) {
    const items = [];
    for await (const item of container.listBlobsByHierarchy('--', { prefix })) items.push(`${item.kind} ${item.name}`);
    console.log(`below "${prefix}": ${items.join(', ')}`);
  }
  await list('');
  await list('a-');
  await list('a--');
})();
JS
cat > expected <<'TEXT'
below "": prefix a-, blob a-x
below "a-": prefix a--b-, blob a-x
below "a--": prefix a--b-
TEXT

PORT=$((20000 + RANDOM % 20000))
export PORT
node node_modules/azurite/dist/src/blob/main.js --blobPort "$PORT" --location "$folder/data" --silent --skipApiVersionCheck > emulator.log 2>&1 &
emulator=$!
for _ in $(seq 120); do (exec 3<> "/dev/tcp/127.0.0.1/$PORT") 2> /dev/null && break; sleep 1; done
node finding.js | tee seen
diff expected seen && echo "as found"
