// Loaded before the emulator, which keeps what it knows in collections of LokiJS. What it answers stays the same; it answers sooner.
'use strict';
const { Collection } = require('lokijs');

// It looks each blob up by account first, whose index all blobs share, and so walks through them all for every one that is read or written.
// By the name first, it need not.
const findOne = Collection.prototype.findOne;
Collection.prototype.findOne = function (query) {
  return findOne.call(this, query?.name && this.binaryIndices.name ? { name: query.name, ...query } : query);
};

// What messages and blobs held is swept up every minute and every ten. Each piece is removed with a new copy of all others, and nothing is answered
// in the meantime: for minutes after 10,000 writes. Found first and removed by itself, it takes a moment.
const findAndRemove = Collection.prototype.findAndRemove;
Collection.prototype.findAndRemove = function (query) {
  if (!this.binaryIndices.id || typeof query?.id !== 'string')
    return findAndRemove.call(this, query);
  const found = this.findOne(query);
  if (found)
    this.remove(found);
};

// A list of blobs comes in pages, and each is looked for among all blobs and sorted anew, twice. Sorted once for all pages, until something changes,
// 100,000 take a third of the time.
const sorted = new WeakMap();

function blobsByName(blobs, accountName, containerName) {
  if (!sorted.has(blobs)) {
    sorted.set(blobs, new Map());
    blobs.on(['insert', 'update', 'delete'], () => sorted.get(blobs).clear());
  }
  const lists = sorted.get(blobs);
  const key = `${accountName}/${containerName}`;
  if (!lists.has(key))
    lists.set(key, blobs.find({ accountName, containerName }).sort((one, other) => (one.name > other.name) - (one.name < other.name)));
  return lists.get(key);
}

function firstAfter(list, name) {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    [from, to] = list[middle].name > name ? [from, middle] : [middle + 1, to];
  }
  return from;
}

/** What Azurite asks of a chain when it lists the blobs of one container. */
class SortedChain {
  constructor(list, begin) { Object.assign(this, { list, begin, conditions: [], from: 0, most: Infinity }); }
  find({ name }) {
    if (name !== undefined)
      this.where(name.$regex ? (pattern => blob => pattern.test(blob.name))(new RegExp(name.$regex)) : blob => blob.name === name);
    return this;
  }
  where(condition) { this.conditions.push(condition); return this; }
  sort() { return this; }
  offset(from) { this.from = from; return this; }
  limit(most) { this.most = most; return this; }
  data() {
    const found = [];
    let passed = 0;
    for (let i = this.begin; i < this.list.length && found.length < this.most; i++) {
      if (this.conditions.every(holds => holds(this.list[i])) && passed++ >= this.from)
        found.push(this.list[i]);
    }
    return found;
  }
}

const { default: BlobStore } = require('azurite/dist/src/blob/persistence/LokiBlobMetadataStore');
const listBlobs = BlobStore.prototype.listBlobs;
BlobStore.prototype.listBlobs = function (context, account, container, delimiter, blob, prefix, most, marker = '', ...rest) {
  const list = blobsByName(this.db.getCollection(this.BLOBS_COLLECTION), account, container);
  const chain = () => new SortedChain(list, firstAfter(list, marker));
  const store = Object.create(this, { db: { value: { getCollection: () => ({ chain }) } } });
  return listBlobs.call(store, context, account, container, delimiter, blob, prefix, most, marker, ...rest);
};
