#!/usr/bin/env bash
# @azure/storage-queue 12.32.0 (npm). Seen 2026-11-29.
# A message with line ends as Windows writes them (CR LF), and a queue that answers with it in XML. There a CR must be written as a character
# reference, "&#xD;", since a bare one is read as LF; a small server stands in for the queue and does so, as Azurite does.
# Expected: the text as it was, CR LF.
# Seen: the five characters of the reference stand in the text. "&lt;", "&gt;" and "&amp;" are read, numbered references are not.
# What follows: indented JSON that was sent from Windows fails to parse in a Node.js consumer. Send compact JSON, or Base64.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @azure/storage-queue@12.32.0
cat > finding.js <<'JS'
const http = require('http');
const { QueueClient, StorageSharedKeyCredential } = require('@azure/storage-queue');

const time = new Date().toUTCString();
const answer = text => '<?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId>' +
  `<InsertionTime>${time}</InsertionTime><ExpirationTime>${time}</ExpirationTime><DequeueCount>0</DequeueCount>` +
  `<MessageText>${text}</MessageText></QueueMessage></QueueMessagesList>`;
const texts = ['{&#xD;\n  "a": 1&#xD;\n}', '&lt;a&gt; &amp; b'];
let next = 0;
const server = http.createServer((request, response) => response.writeHead(200, { 'content-type': 'application/xml' }).end(answer(texts[next++])));

server.listen(0, '127.0.0.1', async () => {
  const queue = new QueueClient(`http://127.0.0.1:${server.address().port}/account/finding`, new StorageSharedKeyCredential('account', 'a2V5'));
  for (const text of texts) {
    const { peekedMessageItems: [message] } = await queue.peekMessages();
    console.log(`${JSON.stringify(text)} is read as ${JSON.stringify(message.messageText)}`);
  }
  server.closeAllConnections();
  server.close();
});
JS
cat > expected <<'TEXT'
"{&#xD;\n  \"a\": 1&#xD;\n}" is read as "{&#xD;\n  \"a\": 1&#xD;\n}"
"&lt;a&gt; &amp; b" is read as "<a> & b"
TEXT

node finding.js | tee seen
diff expected seen && echo "as found"
