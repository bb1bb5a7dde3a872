/**
 * All gram keys of folded text, as the index holds them. Queries need fewer (tokenize.js): only the vectors run this.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const NUMBER = /\(([12][0-9]{3})\)第?([0-9]{1,5})号/g;

  search.Tokens.prototype.grams = function (folded) {
    const keys = [];
    for (const line of folded.split('\n')) {
      const chars = Array.from(line);
      for (let i = 0; i + 1 < chars.length; i++) {
        if (search.isLetter(chars[i]) && search.isLetter(chars[i + 1])) keys.push(this.pairKey(chars[i], chars[i + 1]));
      }
      for (let i = 0; i + 2 < chars.length; i++) {
        const three = chars[i] + chars[i + 1] + chars[i + 2];
        if (/^[0-9a-z]{3}$/.test(three)) keys.push(this.tripleKey(three));
      }
      NUMBER.lastIndex = 0;
      for (let match = NUMBER.exec(line); match; match = NUMBER.exec(line)) keys.push(this.numberKey(match[1], match[2]));
    }
    return keys;
  };
})(this);
