/**
 * The engine of small sites: lunr with the tokens of FORMAT.md, behind the same door as engine.js.
 * The whole site comes in one file. lunr names the candidates; whether one matches is decided by its text.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const lunr = root.lunr;
  const PAGE = 10;
  const LEAST_SHARE = 0.4;
  const SAME_QUESTION = 0.55;
  const LAPSED = 0.8;
  const TITLED = 25;
  const SUGGESTED = 8;
  let tokens = null;

  /** The neighbouring letters of a text, and letters that stand alone. */
  function gramsOf(text) {
    const grams = [];
    for (const line of tokens.fold(text).split('\n')) {
      let before = '';
      let single = '';
      for (const char of Array.from(line).concat('')) {
        const now = char && search.isLetter(char) ? char : '';
        if (before && now) grams.push(before + now);
        else if (single && !now) grams.push(single);
        single = now && !before ? now : '';
        before = now;
      }
    }
    return grams;
  }

  lunr.Pipeline.registerFunction(function (token) {
    return gramsOf(token.toString()).map(function (gram) { return token.clone(function () { return gram; }); });
  }, 'yangguang');

  /** Split what was typed into folded terms; quotation marks keep words together. */
  function termsOf(typed) {
    const quoted = [];
    const rest = typed.replace(/[“"「]([^”"」]*)[”"」]/g, function (all, inside) { quoted.push(inside); return ' '; });
    const joined = tokens.fold(rest.replace(/\s+/g, ''));
    const words = /^[^0-9]*\([12][0-9]{3}\)第?[0-9]{1,5}号?$/.test(joined) ? [joined] : rest.split(/\s+/);
    const folded = quoted.concat(words).map(function (word) { return tokens.fold(word); }).filter(Boolean);
    return Array.from(new Set(folded), function (text) { return { text: text }; });
  }

  function values(record, field) {
    if (field === 'kind') return [record.kindLabel, record.kind];
    if (field === 'year') return [record.date.slice(0, 4)];
    return field === 'issuer' ? record.issuers : [record[field]];
  }

  class Engine {
    /** @param {{get: function(string, boolean): Promise<Uint8Array>}} io */
    constructor(io) {
      this.index = new search.Index(io);
      this.opening = null;
    }

    open() {
      this.opening = this.opening || this._load();
      this.opening.catch(() => { this.opening = null; });
      return this.opening;
    }

    async _load() {
      const all = await this.index.json('m.bin', '');
      tokens = new search.Tokens('', all.traditional);
      this.lunr = lunr.Index.load(all.index);
      this.records = all.records;
      this.byId = new Map(all.records.map(function (record) { return [record.id, record]; }));
      this.index.manifest = all.settings;
    }

    /** Everything of a record that a query may stand in, folded; lines stay apart. */
    _text(record) {
      if (record.folded === undefined) {
        const lines = [record.title, record.documentNumber].concat(record.issuers, record.extra);
        for (const section of record.sections) lines.push(section[1], section[2]);
        record.folded = tokens.fold(lines.join('\n'));
      }
      return record.folded;
    }

    _ask(grams, presence) {
      if (!grams.length) return [];
      return this.lunr.query(function (query) {
        for (const gram of grams) {
          // A letter by itself stands in the index as part of its pairs.
          const options = Array.from(gram).length > 1 ? { presence: presence }
            : { presence: presence, usePipeline: false, wildcard: lunr.Query.wildcard.LEADING | lunr.Query.wildcard.TRAILING };
          query.term(gram, options);
        }
      });
    }

    /** All matches and all related records of a query, best first. */
    _find(text, options) {
      const terms = termsOf(text);
      const grams = Array.from(new Set([].concat.apply([], terms.map(function (term) { return gramsOf(term.text); }))));
      const passes = (record) => Object.keys(options.filters || {}).every(function (field) {
        return values(record, field).some(function (value) { return [].concat(options.filters[field]).indexOf(value) >= 0; });
      });
      const scored = (found) => {
        const record = this.byId.get(found.ref);
        const title = tokens.fold(record.title);
        const titled = terms.every(function (term) { return title.indexOf(term.text) >= 0; }) ? TITLED : 0;
        return { record: record, score: (found.score + titled) * (record.lapsed ? LAPSED : 1),
          share: Object.keys(found.matchData.metadata).length / grams.length };
      };
      const ordered = function (list) {
        return list.filter(function (each) { return passes(each.record); }).sort(function (one, other) {
          const newer = one.record.date < other.record.date ? 1 : one.record.date > other.record.date ? -1 : 0;
          return options.sort === 'date' ? newer : other.score - one.score || newer;
        });
      };
      const holds = (each) => terms.every((term) => this._text(each.record).indexOf(term.text) >= 0);
      const matches = this._ask(grams, lunr.Query.presence.REQUIRED).map(scored).filter(holds);
      const taken = new Set(matches.map(function (each) { return each.record.id; }));
      const related = this._ask(grams, lunr.Query.presence.OPTIONAL).map(scored).filter(function (each) {
        return !taken.has(each.record.id) && each.share >= LEAST_SHARE;
      });
      return { terms: terms, grams: grams, matches: ordered(matches), related: ordered(related) };
    }

    _hit(found, each, exact) {
      const record = each.record;
      const weights = new Map(found.grams.map(function (gram) { return [gram, 2]; }));
      let best = null;
      for (const section of record.sections) {
        const text = tokens.fold(section[2]);
        const inside = function (needle) { return text.indexOf(needle) >= 0; };
        const score = found.terms.filter(function (term) { return inside(term.text); }).length * found.grams.length + found.grams.filter(inside).length;
        if (score && (!best || score > best.score)) best = { section: section, score: score };
      }
      const piece = best ? search.snippet(best.section[2], found.terms, weights, tokens) : { text: '', marks: [] };
      return {
        id: record.id, url: record.url, anchor: best ? best.section[0] : '', heading: best ? best.section[1] : '',
        title: record.title, titleMarks: search.marks(record.title, found.terms, weights, tokens),
        kind: record.kind, kindLabel: record.kindLabel, date: record.date, documentNumber: record.documentNumber,
        issuers: record.issuers.join(' '), validity: record.validity, lapsed: record.lapsed, answer: record.answer,
        snippet: piece.text, snippetMarks: piece.marks, score: each.score, exact: exact,
      };
    }

    /** The answer card of the 问答 that asks the same. */
    _answer(found) {
      for (const each of found.matches.concat(found.related)) {
        const answer = each.record.answer;
        if (!answer || !answer.basis) continue;
        const question = tokens.fold(answer.question);
        const shared = found.grams.filter(function (gram) { return question.indexOf(gram) >= 0; }).length;
        if (shared >= SAME_QUESTION * found.grams.length) return Object.assign({ url: each.record.url, id: each.record.id }, answer);
      }
      return null;
    }

    /** As in engine.js. */
    async query(text, options) {
      const wanted = options || {};
      const before = { bytes: this.index.bytes, requests: this.index.requests };
      await this.open();
      const found = this._find(text, wanted);
      const offset = wanted.offset || 0;
      const limit = wanted.limit === undefined ? PAGE : wanted.limit;
      const count = found.matches.length;
      const ids = found.matches.map(function (each) { return each.record.id; });
      return {
        total: count, exact: true, partial: false, alike: 0, synonyms: [], near: [], question: found.grams.length > PAGE,
        related: found.related.length, answer: this._answer(found), ids: wanted.all ? ids : undefined,
        hits: found.matches.concat(found.related).slice(offset, offset + limit)
          .map((each, place) => this._hit(found, each, offset + place < count)),
        bytes: this.index.bytes - before.bytes, requests: this.index.requests - before.requests,
      };
    }

    /** As in engine.js. */
    async facets(text, options) {
      await this.open();
      const wanted = options || {};
      const fields = {};
      for (const field of ['kind', 'issuer', 'subject', 'year', 'validity']) {
        const filters = Object.assign({}, wanted.filters);
        delete filters[field];
        const found = this._find(text, { filters: filters });
        const counts = new Map();
        for (const each of found.matches.length ? found.matches : found.related) {
          const own = values(each.record, field);
          for (const value of field === 'kind' ? own.slice(0, 1) : own) if (value) counts.set(value, (counts.get(value) || 0) + 1);
        }
        for (const value of [].concat((wanted.filters || {})[field] || [])) if (!counts.has(value)) counts.set(value, 0);
        fields[field] = Array.from(counts).sort(function (one, other) {
          return field === 'year' ? (one[0] < other[0] ? 1 : -1) : other[1] - one[1] || (one[0] < other[0] ? -1 : 1);
        });
      }
      return { exact: true, fields: fields };
    }

    /** Hot words while nothing is typed, then questions and titles that hold what is. */
    async suggest(typed) {
      await this.open();
      const folded = tokens.fold(typed.trim());
      if (!folded) return this.index.manifest.hot.slice(0, SUGGESTED).map(function (word) { return { kind: 0, text: word, url: '' }; });
      return this.records.filter(function (record) { return tokens.fold(record.title).indexOf(folded) >= 0; })
        .slice(0, SUGGESTED)
        .map(function (record) { return { kind: record.answer ? 1 : 2, text: record.title, url: record.url }; });
    }
  }

  search.Engine = Engine;
})(this);
