#!/usr/bin/env bash
# LokiJS 1.5.12, the database in which Azurite 3.37.0 keeps what it knows. Seen 2026-11-29.
# Removing documents one by one, each by its indexed field: findAndRemove({ id }), beside findOne({ id }) and remove(document).
# Expected: the same, as both find the document by the index and remove this one.
# Seen: findAndRemove copies the whole collection and builds its indices anew for each document that it removes, so that the time grows with the
# square of their number: for 2,000 documents it takes a hundred times as long and more, for 10,000 minutes. What is left afterwards is the same.
# What follows: Azurite sweeps up what deleted messages and replaced blobs held in this way, once a minute and every ten minutes, and answers nobody
# until it has done; after many thousand operations clients time out. Loaded before it (node -r), a few lines that find first and then remove help.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts lokijs@1.5.12
cat > finding.js <<'JS'
const Loki = require('lokijs');

function fill(count) {
  const collection = new Loki('finding', { adapter: new Loki.LokiMemoryAdapter() }).addCollection('extents', { indices: ['id'] });
  for (let i = 0; i < count; i++) collection.insert({ id: `extent-${(i * 7919) % count}` });
  return collection;
}

function time(count, remove) {
  const collection = fill(count);
  const begun = process.hrtime.bigint();
  for (let i = 0; i < count; i++) remove(collection, `extent-${i}`);
  const took = Number(process.hrtime.bigint() - begun) / 1e6;
  if (collection.count() !== 0) throw new Error('some are left');
  return took;
}

const atOnce = (collection, id) => collection.findAndRemove({ id });
const inTwoSteps = (collection, id) => collection.remove(collection.findOne({ id }));
time(200, atOnce);
time(200, inTwoSteps);
const [half, whole, two] = [time(1000, atOnce), time(2000, atOnce), time(2000, inTwoSteps)];
console.error(`findAndRemove: ${half.toFixed(0)} ms for 1,000, ${whole.toFixed(0)} ms for 2,000; findOne and remove: ${two.toFixed(0)} ms for 2,000`);
console.log(`twice as many take more than three times as long: ${whole > 3 * half}`);
console.log(`findAndRemove takes more than twenty times as long: ${whole > 20 * two}`);
JS
cat > expected <<'TEXT'
twice as many take more than three times as long: true
findAndRemove takes more than twenty times as long: true
TEXT

node finding.js | tee seen
diff expected seen && echo "as found"
