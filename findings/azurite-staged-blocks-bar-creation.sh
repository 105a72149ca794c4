#!/usr/bin/env bash
# Azurite 3.37.0 (blobs), called with @azure/storage-blob 12.34.0. Seen 2026-11-29.
# A block was staged for a blob and never committed, as by an upload that broke off. Then the blob is put whole, "only if there is none".
# Expected: it is created: no blob is there, says the emulator itself to a read and to If-Match: *, and so says Put Block List.
# Seen: Put Blob with If-None-Match: * answers 409 BlobAlreadyExists, again and again, since staged blocks stay; Put Block List with the same
# condition answers 201.
# What follows: "exists already" need not mean that another was faster: read the blob, and if there is none, write without the condition.
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
  const blob = container.getBlockBlobClient('report');
  await blob.stageBlock('MQ==', 'half', 4);
  async function show(name, call) {
    const status = await call().then(answer => answer._response.status, error => `${error.statusCode} ${error.code ?? ''}`.trim());
    console.log(`${name}: ${status}`);
  }
  console.log(`exists: ${await blob.exists()}`);
  await show('Put Blob, If-Match: *', () => blob.upload('whole', 5, { conditions: { ifMatch: '*' } }));
  await show('Put Blob, If-None-Match: *', () => blob.upload('whole', 5, { conditions: { ifNoneMatch: '*' } }));
  await show('Put Block List, If-None-Match: *', () => blob.commitBlockList(['MQ=='], { conditions: { ifNoneMatch: '*' } }));
})();
JS
cat > expected <<'TEXT'
exists: false
Put Blob, If-Match: *: 412 ConditionNotMet
Put Blob, If-None-Match: *: 409 BlobAlreadyExists
Put Block List, If-None-Match: *: 201
TEXT

PORT=$((20000 + RANDOM % 20000))
export PORT
node node_modules/azurite/dist/src/blob/main.js --blobPort "$PORT" --location "$folder/data" --silent --skipApiVersionCheck > emulator.log 2>&1 &
emulator=$!
for _ in $(seq 120); do (exec 3<> "/dev/tcp/127.0.0.1/$PORT") 2> /dev/null && break; sleep 1; done
node finding.js | tee seen
diff expected seen && echo "as found"
