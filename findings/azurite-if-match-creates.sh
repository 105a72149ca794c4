#!/usr/bin/env bash
# Azurite 3.35.0 (blobs). Seen 2026-11-28.
# Put Blob with "If-Match: *", which asks for a blob that exists, on a name that does not.
# Expected: 412 (the condition is not met), as with an ETag that does not match.
# Seen: 201, and the blob is there.
# What follows: code that may only change what exists ("update, never create") passes on the emulator whether it is right or not.
set -euo pipefail

folder=$(mktemp -d)
emulator=
trap '[ -z "$emulator" ] || kill "$emulator"; rm -rf "$folder"' EXIT
cd "$folder"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts azurite@3.35.0
cat > finding.js <<'END'
// The emulator's well-known development account, as its documentation prints it.
const crypto = require('crypto'), net = require('net');
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const port = Number(process.env.PORT);

function head(method, path, headers, length) {
  const all = { 'x-ms-date': new Date().toUTCString(), 'x-ms-version': '2021-12-02', ...headers };
  const canonical = Object.keys(all).filter(name => name.startsWith('x-ms-')).sort().map(name => `${name}:${all[name]}\n`).join('');
  const [resource, query] = path.split('?');
  const parameters = (query ?? '').split('&').filter(Boolean).map(pair => '\n' + pair.replace('=', ':')).join('');
  const text = [method, '', '', length || '', '', '', '', '', all['If-Match'] ?? '', '', '', ''].join('\n') + '\n' + canonical + `/${account}/${account}${resource}${parameters}`;
  const signature = crypto.createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
  const lines = Object.entries({ ...all, Authorization: `SharedKey ${account}:${signature}`, Host: `127.0.0.1:${port}`, 'Content-Length': length, Connection: 'close' });
  return `${method} /${account}${path} HTTP/1.1\r\n` + lines.map(([name, value]) => `${name}: ${value}\r\n`).join('') + '\r\n';
}

// Sends the body in the given pieces, each in a packet of its own.
function call(method, path, pieces = [], headers = {}) {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    const chunks = [];
    socket.setNoDelay(true);
    socket.on('data', chunk => chunks.push(chunk)).on('error', reject).on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    socket.write(head(method, path, headers, length), async () => {
      for (const piece of pieces) {
        await new Promise(done => setTimeout(done, 200));
        socket.write(piece);
      }
    });
  });
}

const status = answer => answer.split(' ')[1];

(async () => {
  await call('PUT', '/finding?restype=container');
  const blob = { 'x-ms-blob-type': 'BlockBlob' };
  const put = headers => call('PUT', '/finding/none', [Buffer.from('text')], { ...blob, ...headers });
  console.log(`an ETag: ${status(await put({ 'If-Match': '"0x8D0000000000000"' }))}`);
  console.log(`any: ${status(await put({ 'If-Match': '*' }))}`);
  console.log(`read: ${status(await call('GET', '/finding/none'))}`);
})();
END
cat > expected <<'END'
an ETag: 412
any: 201
read: 200
END

PORT=$((20000 + RANDOM % 20000))
export PORT
node node_modules/azurite/dist/src/blob/main.js --blobPort "$PORT" --location "$folder/data" --silent --skipApiVersionCheck > emulator.log 2>&1 &
emulator=$!
for _ in $(seq 120); do (exec 3<> "/dev/tcp/127.0.0.1/$PORT") 2> /dev/null && break; sleep 1; done
node finding.js | tee seen
diff expected seen && echo "as found"
