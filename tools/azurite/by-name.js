// Loaded before the emulator where it is to hold many blobs. It looks each blob up by account first, whose index all blobs share, and so walks
// through them all, for every one that is read or written. By the name first, it need not.
'use strict';
const { Collection } = require('lokijs');

const findOne = Collection.prototype.findOne;
Collection.prototype.findOne = function (query) {
  return findOne.call(this, query?.name && this.binaryIndices.name ? { name: query.name, ...query } : query);
};
