/**
 * Suggestions for what has been typed so far (FORMAT.md section 11).
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const MOST = 8;
  const TITLES = 5;

  function letterKey(letters) { return parseInt(letters, 36) + (letters.length === 1 ? 1296 : 0); }

  /** Whether letters are how the syllables begin, spelt out or by initials or mixed: gjj, gongjj, gongjijin. */
  function sounds(letters, syllables) {
    if (!letters) return true;
    if (!syllables.length) return false;
    for (let size = Math.min(letters.length, syllables[0].length); size > 0; size--) {
      if (syllables[0].slice(0, size) === letters.slice(0, size) && sounds(letters.slice(size), syllables.slice(1))) return true;
    }
    return false;
  }

  /**
   * @param {search.Index} index an open index
   * @param {string} typed
   * @returns {Promise<{kind: number, text: string, url: string}[]>} kind 0 term, 1 question, 2 title, 3 文号
   */
  search.suggest = async function (index, typed) {
    const m = index.manifest;
    const folded = index.tokens.fold(typed.trim()).replace(/[ ']/g, '');
    if (!folded) return m.hot.slice(0, MOST).map(function (word) { return { kind: 0, text: word, url: '' }; });
    const byLetters = /^[0-9a-z]+$/.test(folded);
    const path = byLetters
      ? 's/p' + (letterKey(folded.slice(0, 2)) & m.suggestLetters - 1)
      : 's/h' + (index.tokens.order(Array.from(folded)[0]) & m.suggestCharacters - 1);
    const entries = await index.json(path + '.bin', '');
    const found = new Map();
    let titles = 0;
    for (const entry of entries) {
      const fits = index.tokens.fold(entry[1].slice(entry[2])).indexOf(folded) === 0 ||
        (byLetters && sounds(folded, entry[4].split(' ')));
      if (!fits || found.has(entry[1]) || (entry[0] === 2 && ++titles > TITLES)) continue;
      found.set(entry[1], { kind: entry[0], text: entry[1], url: entry[3] });
      if (found.size >= MOST) break;
    }
    return Array.from(found.values());
  };
})(this);
