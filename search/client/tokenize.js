/**
 * Folding, runs and gram keys: the browser half of FORMAT.md sections 1 to 3.
 * The Python half is search/tokenize.py; both pass search/vectors/.
 */
(function (root) {
  'use strict';
  const yangguang = root.yangguang = root.yangguang || {};
  const search = yangguang.search = yangguang.search || {};

  const BRACKETS = { '〔': '(', '〕': ')', '【': '(', '】': ')', '[': '(', ']': ')' };
  const LATER = '0560,0588,1C89-1C8A,2C2F,2C5F,32FF,A7C0-A7DC,A7F1-A7F6,AB68-AB69,10570-105BF,10780-107BF,' +
    '10D50-10D8F,11935-11938,16EA0-16ED3,1CCD6-1CCF9,1DF00-1DFFF,1E030-1E06D,1FBF0-1FBF9';
  const LETTERS = '30-39,61-7A,DF-F6,F8-24F,370-3FF,400-52F,3005,3007,3041-3096,30A1-30FA,30FC-30FE,' +
    '3400-4DBF,4E00-9FFF,AC00-D7A3,F900-FAFF,20000-3FFFF';
  const REMOVED = '0-8,B-1F,7F-9F,AD,200B-200F,2060,FEFF,FE00-FE0F';
  const later = characterClass(LATER);
  const letter = characterClass(LETTERS);
  const removed = characterClass(REMOVED);
  const SPACES = /([0-9a-z])?[ \t]+(?=([0-9a-z])?)/g;
  const NUMBER = /\(([12][0-9]{3})\)第?([0-9]{1,5})号/g;
  const CODE_POINTS = 0x110000;
  const PAIR = 4194304;

  function characterClass(ranges) {
    const body = ranges.split(',').map(function (range) {
      return range.split('-').map(function (code) { return '\\u{' + code + '}'; }).join('-');
    });
    return new RegExp('^[' + body.join('') + ']$', 'u');
  }

  /** Tokens of one site: its list of frequent characters and the traditional characters it knows. */
  class Tokens {
    /**
     * @param {string} frequent characters in order
     * @param {string} traditional pairs of characters, traditional before simplified
     */
    constructor(frequent, traditional) {
      this.frequent = new Map(Array.from(frequent, function (char, index) { return [char, index]; }));
      this.folded = new Map();
      this.learn(traditional);
    }

    /** Add pairs of traditional and simplified characters. */
    learn(pairs) {
      const chars = Array.from(pairs);
      this.simple = this.simple || new Map();
      for (let i = 0; i + 1 < chars.length; i += 2) this.simple.set(chars[i], chars[i + 1]);
      this.folded.clear();
    }

    foldCharacter(char) {
      let out = this.folded.get(char);
      if (out === undefined) {
        out = this._fold(char);
        this.folded.set(char, out);
      }
      return out;
    }

    _fold(char) {
      if (removed.test(char)) return '';
      if (later.test(char)) return char;
      const lower = char.normalize('NFKC').toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ');
      let out = '';
      for (const each of lower.normalize('NFKC')) {
        const simple = this.simple.get(each) || each;
        out += BRACKETS[simple] || simple;
      }
      return out;
    }

    /** The text as it is compared; a newline separates what a query cannot span. */
    fold(text) {
      let out = '';
      for (const char of text.normalize('NFC')) out += this.foldCharacter(char);
      return out.normalize('NFC').replace(SPACES, function (all, before, after) {
        return (before || '') + (before && after ? ' ' : '');
      });
    }

    /**
     * Fold shown text and remember where each folded code unit came from.
     * @returns {{text: string, from: number[]}} `from` has one entry more than `text` has units
     */
    trace(shown) {
      let text = '';
      const from = [];
      let at = 0;
      let spaceAt = -1;
      for (const char of shown) {
        const folded = this.foldCharacter(char);
        if (folded === ' ' || folded === '\t') {
          if (spaceAt < 0) spaceAt = at;
        } else {
          if (spaceAt >= 0 && folded) {
            if (/[0-9a-z]$/.test(text) && /^[0-9a-z]/.test(folded)) { text += ' '; from.push(spaceAt); }
            spaceAt = -1;
          }
          for (let i = 0; i < folded.length; i++) from.push(at);
          text += folded;
        }
        at += char.length;
      }
      from.push(at);
      return { text: text, from: from };
    }

    order(char) {
      const index = this.frequent.get(char);
      return index === undefined ? this.frequent.size + char.codePointAt(0) : index;
    }

    /** Key of a character as it stands in the single-character shards. */
    characterKey(char) { return this.order(char) * PAIR; }

    pairKey(left, right) {
      const one = this.order(left);
      const two = this.order(right);
      return one >= two ? one * PAIR + two * 2 : two * PAIR + one * 2 + 1;
    }

    tripleKey(text) {
      return (this.frequent.size + CODE_POINTS + parseInt(text, 36)) * PAIR;
    }

    numberKey(year, serial) {
      return (this.frequent.size + CODE_POINTS + 46656 + (Number(year) * 7919 + Number(serial)) % 524288) * PAIR;
    }

    /**
     * What a folded term needs of the index.
     * @returns {{keys: number[], texts: string[], singles: string[], certain: boolean}} grams every match has
     *   (`texts` their characters), characters standing alone, and whether having them proves a match
     */
    needs(term) {
      const chars = Array.from(term);
      const covered = new Array(chars.length).fill(false);
      const found = new Map();
      const add = function (key, text) { if (!found.has(key)) found.set(key, text); };
      NUMBER.lastIndex = 0;
      for (let match = NUMBER.exec(term); match; match = NUMBER.exec(term)) {
        add(this.numberKey(match[1], match[2]), match[0]);
        const start = Array.from(term.slice(0, match.index)).length;
        for (let i = start; i < start + match[0].length; i++) covered[i] = true;
      }
      const singles = [];
      for (let i = 0; i < chars.length; i++) {
        if (!isLetter(chars[i])) continue;
        const before = i > 0 && isLetter(chars[i - 1]);
        const after = i + 1 < chars.length && isLetter(chars[i + 1]);
        if (!before && !after && !covered[i]) singles.push(chars[i]);
        if (!after || (covered[i] && covered[i + 1])) continue;
        const wide = isAscii(chars[i]) && isAscii(chars[i + 1]);
        if (wide && i + 2 < chars.length && isAscii(chars[i + 2])) {
          const three = chars[i] + chars[i + 1] + chars[i + 2];
          add(this.tripleKey(three), three);
        } else if (!(wide && i > 0 && isAscii(chars[i - 1]))) {
          add(this.pairKey(chars[i], chars[i + 1]), chars[i] + chars[i + 1]);
        }
      }
      const whole = found.size === 1 && (chars.length === 2 || (chars.length === 3 && chars.every(isAscii)));
      return {
        keys: Array.from(found.keys()),
        texts: Array.from(found.values()),
        singles: singles,
        certain: (whole && chars.every(isLetter)) || (chars.length === 1 && singles.length === 1),
      };
    }
  }

  function isLetter(char) { return letter.test(char); }

  function isAscii(char) { return (char >= '0' && char <= '9') || (char >= 'a' && char <= 'z'); }

  search.Tokens = Tokens;
  search.isLetter = isLetter;
})(this);
