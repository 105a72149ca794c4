#!/usr/bin/env bash
# Azurite 3.37.0 (blobs), called with @azure/storage-blob 12.34.0. Seen 2026-11-29.
# A blob with the tag state=taken, and operations on the condition that state is "free" (x-ms-if-tags).
# Expected: 412, whichever operation it is.
# Seen: 412 from nearly all of them, but Set Blob Tags answers 204 and overwrites the tags.
# What follows: a tag that is set on the condition of its old value, so that only one of several can take the blob, is taken by all of them on
# the emulator. A lease, or metadata set with If-Match, keeps its promise there.
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
  const blob = container.getBlockBlobClient('job');
  await blob.upload('', 0, { tags: { state: 'taken', by: 'first' } });
  const ifFree = { conditions: { tagConditions: "state='free'" } };
  async function show(name, call) {
    const status = await call().then(answer => answer._response.status, error => error.statusCode);
    console.log(`${name}: ${status}, taken by ${(await blob.getTags()).tags.by}`);
  }
  await show('get properties', () => blob.getProperties(ifFree));
  await show('get tags', () => blob.getTags(ifFree));
  await show('set metadata', () => blob.setMetadata({ by: 'second' }, ifFree));
  await show('delete', () => blob.delete(ifFree));
  await show('set tags', () => blob.setTags({ state: 'taken', by: 'second' }, ifFree));
})();
JS
cat > expected <<'TEXT'
get properties: 412, taken by first
get tags: 412, taken by first
set metadata: 412, taken by first
delete: 412, taken by first
set tags: 204, taken by second
TEXT

PORT=$((20000 + RANDOM % 20000))
export PORT
node node_modules/azurite/dist/src/blob/main.js --blobPort "$PORT" --location "$folder/data" --silent --skipApiVersionCheck > emulator.log 2>&1 &
emulator=$!
for _ in $(seq 120); do (exec 3<> "/dev/tcp/127.0.0.1/$PORT") 2> /dev/null && break; sleep 1; done
node finding.js | tee seen
diff expected seen && echo "as found"
