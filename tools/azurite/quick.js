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
