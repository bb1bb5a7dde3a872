/**
 * A query against the index: terms, lists, candidates, scores (FORMAT.md section 9).
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const FUNCTION = new Set(Array.from('的了吗呢吧啊呀么嘛是在有我你他她它们可以怎样如何什哪谁为会能要想请问让把被给和与或及到去来这那个些几多少就都也还很没不得着过'));
  const MOST_SHARDS = 10;
  const QUESTION_SHARDS = 8;
  const K1 = 2;
  const B = 0.75;
  const PARTS = 128;
  const UNCOMMON = 5;
  const NUMBER = /^[^0-9]*\([12][0-9]{3}\)第?[0-9]{1,5}号?$/;

  /** Split what was typed into folded terms; quotation marks keep words together. */
  function termsOf(typed, tokens) {
    const terms = [];
    const rest = typed.normalize('NFC').replace(/[“"「]([^”"」]*)[”"」]/g, function (all, inside) {
      terms.push(tokens.fold(inside));
      return ' ';
    });
    const joined = tokens.fold(rest.replace(/\s+/g, ''));
    const words = NUMBER.test(joined) ? [joined] : rest.split(/\s+/).map(function (word) { return tokens.fold(word); });
    return Array.from(new Set(terms.concat(words))).filter(Boolean);
  }

  /** Whether the site's synonyms have another word for one that was typed. */
  function hasOtherWords(typed, index) {
    const folded = index.tokens.fold(typed);
    return [].concat.apply([], index.manifest.synonyms).some(function (word) { return folded.indexOf(index.tokens.fold(word)) >= 0; });
  }

  /** A query after its terms are known and before anything is fetched. */
  class Plan {
    constructor(index, typed) {
      this.index = index;
      const tokens = index.tokens;
      const terms = termsOf(typed, tokens).map(function (text) { return Object.assign({ text: text }, tokens.needs(text)); });
      this.terms = terms.filter(function (term) { return term.keys.length || term.singles.length; });
      if (terms.length === 1) this.terms = terms;
      this.texts = new Map();
      for (const term of this.terms) term.keys.forEach((key, i) => this.texts.set(key, term.texts[i]));
      this.searchable = this.terms.some(function (term) { return term.keys.length || term.singles.length; });
      this.question = this.texts.size > 10;
      this.chosen = this._choose();
    }

    meaningful(text) { return !Array.from(text).some(function (char) { return FUNCTION.has(char); }); }

    /**
     * The keys to fetch: all if they need few shards. Leaving some out widens the candidates, never narrows
     * them, so it cannot lose a match.
     */
    _choose() {
      let keys = Array.from(this.texts.keys());
      const shardOf = (key) => this.index.path(key);
      if (new Set(keys.map(shardOf)).size <= MOST_SHARDS) return new Set(keys);
      const meaning = keys.filter((key) => this.meaningful(this.texts.get(key)));
      if (meaning.length > 2) keys = meaning;
      const groups = new Map();
      for (const key of keys) {
        const shard = shardOf(key);
        if (!groups.has(shard)) groups.set(shard, []);
        groups.get(shard).push(key);
      }
      const order = Array.from(groups.values()).sort(function (one, other) {
        return other.length - one.length || other[0] - one[0];
      });
      return new Set([].concat.apply([], order.slice(0, this.question && this.index.manifest.expansions ? QUESTION_SHARDS : MOST_SHARDS)));
    }
  }

  /** What the lists say: candidates of every term, scores of all documents, scores of parts. */
  class Evidence {
    constructor(index, plan) {
      this.index = index;
      this.plan = plan;
      this.lists = new Map();
      this.singles = new Map();
      this.lost = 0;
    }

    async fetch() {
      const wanted = [];
      const collect = (key, single, into) => wanted.push(this.index.list(key, single).then(
        function (list) { into.set(key, list); },
        () => { this.lost++; }));
      for (const key of this.plan.chosen) collect(key, false, this.lists);
      for (const term of this.plan.terms) {
        for (const char of term.singles) collect(this.index.tokens.characterKey(char), true, this.singles);
      }
      await Promise.all(wanted);
    }

    /** Documents in which every term has a part with all its grams, with those parts by term. */
    candidates() {
      let documents = null;
      this.parts = this.plan.terms.map(() => new Map());
      this.plan.terms.forEach((term, position) => {
        const codes = this._codesOf(term);
        if (codes) {
          const parts = this.parts[position];
          for (const code of codes) {
            const document = Math.floor(code / PARTS);
            if (parts.has(document)) parts.get(document).push(code % PARTS);
            else parts.set(document, [code % PARTS]);
          }
          documents = documents ? documents.filter(function (each) { return parts.has(each); }) : Array.from(parts.keys());
        }
        for (const char of term.singles) {
          const list = this.singles.get(this.index.tokens.characterKey(char));
          if (!list) continue;
          const has = new Set(list.doc);
          documents = documents ? documents.filter(function (each) { return has.has(each); }) : Array.from(has);
        }
      });
      return documents || [];
    }

    _codesOf(term) {
      const lists = term.keys.map((key) => this.lists.get(key)).filter(Boolean)
        .sort(function (one, other) { return one.doc.length - other.doc.length; });
      if (!lists.length) return null;
      let codes = codesOf(lists[0]);
      for (let i = 1; i < lists.length && codes.length; i++) codes = intersection(codes, codesOf(lists[i]));
      return codes;
    }

    /** Whether an unusual ideograph of the query stands in no list: it may be a traditional one. */
    puzzling() {
      const met = new Set();
      for (const [key, list] of this.lists) {
        if (list.doc.length) for (const char of this.plan.texts.get(key)) met.add(char);
      }
      const frequent = this.index.tokens.frequent;
      return this.plan.terms.some(function (term) {
        return Array.from(term.text).some(function (char) { return char > '\u33ff' && !frequent.has(char) && !met.has(char) && !FUNCTION.has(char); });
      });
    }

    /** BM25 over documents, each gram weighted by how firmly its characters belong together. */
    score() {
      const count = this.index.manifest.count;
      this.scores = new Float64Array(count);
      this.covered = new Float64Array(count);
      this.norms = new Float64Array(count);
      this.weights = new Map();
      this.total = 0;
      for (const [key, list] of this.lists) {
        const text = this.plan.texts.get(key);
        const weight = this.add(list, 0, text);
        this.weights.set(text, weight);
        if (list.doc.length) this.total += weight;
      }
    }

    /** Score the documents of a list: of a gram of the query, or of another by a factor. Returns its weight. */
    add(list, factor, text) {
      const index = this.index;
      const count = index.manifest.count;
      const frequencies = byDocument(list);
      const spread = frequencies.size;
      const weight = (text ? this._cohesion(text, spread) : factor) * Math.log(1 + (count - spread + 0.5) / (spread + 0.5));
      for (const [document, tf] of frequencies) {
        const norm = this.norms[document] = this.norms[document] || K1 * (1 - B + B * index.length(document) / index.manifest.average);
        this.scores[document] += this.prior(document) * weight * tf * (K1 + 1) / (tf + norm);
        if (text) this.covered[document] += weight;
      }
      return weight;
    }

    /** In questions, add what their words stand for in official language, once their own lists are `fetched`. */
    async expand(fetched) {
      this.expansion = new Map();
      if (!this.plan.question) return;
      try { await (await search.need('expand'))(this, fetched); } catch (error) { this.lost++; }
    }

    /** A weak preference: what is in force, what answers directly, what is newer. */
    prior(document) {
      const index = this.index;
      const favoured = index.manifest.favoured.indexOf(index.kind(document)[0]) >= 0 ? 1.08 : 1;
      return (index.lapsed(document) ? 0.8 : 1) * favoured * (1 + 0.04 * document / index.manifest.count);
    }

    /** The query's characters that mean something, each with how rare it is. */
    characters() {
      const count = this.index.manifest.count;
      const chars = new Set(Array.from(this.plan.terms.map(function (term) { return term.text; }).join('')));
      return Array.from(chars).filter(function (char) { return search.isLetter(char) && !FUNCTION.has(char); })
        .map((char) => [char, Math.log(1 + count / (this.index.spread(char) + UNCOMMON))]);
    }

    _cohesion(text, found) {
      const chars = Array.from(text);
      if (chars.length !== 2) return 1;
      const one = this.index.spread(chars[0]);
      const other = this.index.spread(chars[1]);
      if (!one || !other) return 1;
      const mutual = Math.log2(found * this.index.manifest.count / (one * other));
      return 0.5 + 0.5 * Math.min(1, Math.max(0, mutual / 6));
    }

    /** The parts of a document that hold any of the query, those with most of it first. */
    bestParts(document) {
      const sums = new Map();
      for (const [key, list] of this.lists) {
        const weight = this.weights.get(this.plan.texts.get(key));
        for (let i = firstOf(list.doc, document); i < list.doc.length && list.doc[i] === document; i++) {
          sums.set(list.part[i], (sums.get(list.part[i]) || 0) + weight * list.tf[i] / (list.tf[i] + 3));
        }
      }
      const order = Array.from(sums).sort(function (one, other) { return other[1] - one[1] || one[0] - other[0]; });
      return order.length ? order.map(function (each) { return each[0]; }) : [0];
    }
  }

  function codesOf(list) {
    const codes = new Int32Array(list.doc.length);
    for (let i = 0; i < codes.length; i++) codes[i] = list.doc[i] * PARTS + list.part[i];
    return codes;
  }

  function intersection(one, other) {
    const out = [];
    let j = 0;
    for (let i = 0; i < one.length; i++) {
      while (j < other.length && other[j] < one[i]) j++;
      if (j < other.length && other[j] === one[i]) out.push(one[i]);
    }
    return out;
  }

  function byDocument(list) {
    const sums = new Map();
    for (let i = 0; i < list.doc.length; i++) sums.set(list.doc[i], (sums.get(list.doc[i]) || 0) + list.tf[i]);
    return sums;
  }

  function firstOf(numbers, wanted) {
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (numbers[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  search.Plan = Plan;
  search.Evidence = Evidence;
  search.hasOtherWords = hasOtherWords;
})(this);
