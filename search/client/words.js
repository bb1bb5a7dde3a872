/**
 * The site's synonyms.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;

  /** The typed words with one of them replaced by another of its group in the site's synonyms. */
  search.otherWords = function (typed, index) {
    const folded = index.tokens.fold(typed);
    const out = [];
    for (const group of index.manifest.synonyms) {
      const words = group.map(function (word) { return index.tokens.fold(word); });
      const met = words.filter(function (word) { return folded.indexOf(word) >= 0; })
        .sort(function (one, other) { return other.length - one.length; })[0];
      if (!met) continue;
      words.forEach(function (word, i) {
        if (word !== met && out.length < 2) {
          out.push({ from: group[words.indexOf(met)], to: group[i], text: index.tokens.fold(typed.replace(/\s+/g, '\n')).replace(/\n/g, ' ').split(met).join(word) });
        }
      });
    }
    return out;
  };
})(this);
