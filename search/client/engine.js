/**
 * The door: yangguang.search.open(base) → { query(text, options) → Promise of results }.
 * Free of the DOM; how files are brought is the caller's, see transport.js.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const PAGE = 10;
  const READ_AHEAD = 12;
  const SEVERAL = 2;
  const THOROUGH = 6;
  const AT_ONCE = 24;
  const SAME_QUESTION = 0.55;

  /** One query under way: candidates in order, of which the first have been read and settled. */
  class Session {
    constructor(engine, typed, options) {
      this.engine = engine;
      this.index = engine.index;
      this.typed = typed;
      this.options = options;
      this.hits = [];
      this.related = [];
      this.refuted = [];
      this.lost = 0;
    }

    async start() {
      this.plan = new search.Plan(this.index, this.typed);
      this.evidence = new search.Evidence(this.index, this.plan);
      await this.evidence.fetch();
      this.lost += this.evidence.lost;
      this.evidence.score();
      await this.evidence.expand();
      this.weights = search.allWeights(this.plan, this.evidence);
      this.grams = Array.from(this.weights.keys());
      let all = this.plan.searchable ? this.evidence.candidates() : [];
      let others = this._others(new Set(all));
      this.found = all;
      this.foundOthers = others;
      const filters = this.options.filters || {};
      if (Object.keys(filters).length) {
        const passes = await this.engine.filter(filters);
        all = all.filter(passes);
        others = others.filter(passes);
      }
      this.certain = this.plan.terms.every(function (term) { return term.certain; }) && !this.lost;
      await this._startAlike(filters);
      this.waiting = this._ordered(all.slice());
      this.others = this._ordered(others.slice());
      this.candidates = all;
    }

    /** Ask the same in the words that mean the same, unless quotation marks forbid it. */
    async _startAlike(filters) {
      this.alike = [];
      this.twins = [];
      this.synonyms = [];
      if (this.options.literal || this.plan.question || /[“"「]/.test(this.typed)) return;
      for (const other of search.otherWords(this.typed, this.index)) {
        const twin = new Session(this.engine, other.text, { literal: true, sort: this.options.sort, filters: filters });
        await twin.start();
        this.lost += twin.lost;
        if (!twin.candidates.length) continue;
        this.twins.push(twin);
        this.synonyms.push([other.from, other.to]);
      }
    }

    async _settleAlike(until) {
      const own = new Set(this.found);
      for (const twin of this.twins) {
        if (this.alike.length >= until) return;
        await twin.settle(until + this.hits.length);
        for (const hit of twin.hits) {
          if (own.has(hit.number) || this.alike.some(function (each) { return each.number === hit.number; })) continue;
          this.alike.push(Object.assign(hit, { exact: false, synonym: true }));
        }
      }
    }

    _others(taken) {
      const evidence = this.evidence;
      const floor = evidence.total * (this.plan.question || !taken.size ? 0.12 : 0.4);
      const found = [];
      for (let document = 0; document < evidence.scores.length; document++) {
        if (evidence.covered[document] > floor && !taken.has(document)) found.push(document);
      }
      return found;
    }

    _ordered(documents) {
      const scores = this.evidence.scores;
      return documents.sort(this.options.sort === 'date'
        ? function (one, other) { return other - one; }
        : function (one, other) { return scores[other] - scores[one] || other - one; });
    }

    /** Read candidates until so many hits are settled, exact ones first. */
    async settle(until) {
      while (this.hits.length < until && this.waiting.length) {
        const batch = this.waiting.splice(0, Math.max(this.hits.length ? PAGE : READ_AHEAD, until - this.hits.length));
        for (const hit of this._ranked(await this._readAll(batch))) {
          if (hit.exact) this.hits.push(hit);
          else {
            this.related.push(hit);
            this.refuted.push(hit.number);
          }
        }
      }
      if (!this.waiting.length && this.hits.length < until) await this._settleAlike(until - this.hits.length);
      const alike = new Set(this.alike.map(function (hit) { return hit.number; }));
      this.others = this.others.filter(function (document) { return !alike.has(document); });
      const missing = until - this.hits.length - this.alike.length - this.related.length;
      if (!this.waiting.length && missing > 0 && this.others.length) {
        const batch = this.others.splice(0, Math.max(READ_AHEAD, missing));
        this.related = this.related.concat(this._ranked(await this._readAll(batch)));
      }
    }

    async _readAll(documents) {
      const out = [];
      for (let i = 0; i < documents.length; i += AT_ONCE) {
        const some = documents.slice(i, i + AT_ONCE).map((document, place) => this._read(document, i + place < THOROUGH));
        out.push.apply(out, await Promise.all(some));
      }
      const readings = [].concat.apply([], out.map(function (each) { return each.readings; }));
      search.judge(readings, this.grams.map((gram) => this.weights.get(gram)), this.grams.map((gram) => this.evidence.expansion.get(gram) || 1));
      return out.map((each) => this._hit(each));
    }

    _ranked(hits) {
      if (this.options.sort === 'date') return hits;
      return hits.sort(function (one, other) { return other.score - one.score || other.number - one.number; });
    }

    /** Read the parts of a document that decide whether and where it matches. */
    async _read(document, thorough) {
      const out = { number: document, bits: 0, readings: [] };
      const everywhere = this.plan.terms.some(function (term) { return !term.keys.length; });
      const parts = this._partsOf(document, this.evidence.bestParts(document, this.plan.question && thorough ? SEVERAL : 1));
      for (const number of parts) {
        try {
          const part = await this.index.part(document, number);
          const reading = search.read(part, this.plan.terms, this.grams, this.index.tokens);
          reading.part = part;
          out.readings.push(reading);
          out.bits |= reading.bits;
          if (out.bits === reading.everything) break;
          if (everywhere) for (let more = 1; more < part.parts; more++) parts.add(more);
        } catch (error) {
          this.lost++;
        }
      }
      return out;
    }

    /** Part numbers worth reading: the best, then those in which a term may stand. */
    _partsOf(document, best) {
      const parts = new Set(best);
      for (const each of this.evidence.parts || []) {
        for (const part of each.get(document) || []) parts.add(part);
      }
      return parts;
    }

    _hit(found) {
      const document = found.number;
      const own = this.evidence.scores[document];
      if (!found.readings.length) return this._unread(document, own);
      const read = found.readings.reduce(function (best, each) {
        return each.score + 30 * each.titled > best.score + 30 * best.titled ? each : best;
      });
      const part = read.part;
      const exact = found.bits === read.everything && this.plan.searchable;
      const bonus = (exact ? 30 : 0) + 25 * read.titled;
      const tokens = this.index.tokens;
      const piece = read.best
        ? search.snippet(read.best.shown, this.plan.terms, this.weights, tokens) : { text: '', marks: [] };
      return {
        number: document, id: part.id, url: part.url, anchor: read.best && read.titled < 2 ? read.best.anchor : '',
        title: part.title, kind: part.kind, score: own + read.score + bonus * this.evidence.prior(document),
        snippet: piece.text, exact: exact, kindLabel: part.kindLabel, issuers: part.issuers, date: part.date,
        documentNumber: part.documentNumber, validity: part.validity, lapsed: part.lapsed, answer: part.answer,
        heading: read.best ? read.best.heading : '', snippetMarks: piece.marks,
        titleMarks: search.marks(part.title, this.plan.terms, this.weights, tokens),
      };
    }

    _unread(document, score) {
      const kind = this.index.kind(document);
      return { number: document, id: '', url: '', anchor: '', title: '', kind: kind[0], kindLabel: kind[1], score: score,
        snippet: '', exact: false, unread: true };
    }

    /** The answer card of the 问答 that asks the same, if one is among the first hits. */
    answer() {
      const weights = Array.from(this.weights);
      const total = weights.reduce(function (sum, each) { return sum + each[1]; }, 0);
      let best = null;
      for (const hit of this.hits.slice(0, 20).concat(this.alike, this.related.slice(0, 20))) {
        if (!hit.answer || !hit.answer.basis) continue;
        const question = this.index.tokens.fold(hit.answer.question);
        const shared = weights.reduce(function (sum, each) { return question.indexOf(each[0]) >= 0 ? sum + each[1] : sum; }, 0);
        const share = shared / (total || 1);
        if (share >= SAME_QUESTION && (!best || share > best.share)) best = { share: share, hit: hit };
      }
      return best && Object.assign({ url: best.hit.url, id: best.hit.id }, best.hit.answer);
    }

    /** Parts of the query that do stand on the site, the rarest first; proposed when nothing is found. */
    near() {
      if (this.hits.length) return [];
      const known = Array.from(this.evidence.lists).filter(function (entry) { return entry[1].doc.length; })
        .sort(function (one, other) { return one[1].doc.length - other[1].doc.length; });
      return known.slice(0, 4).map((entry) => this.plan.texts.get(entry[0]));
    }

    /** The ids of every exact match; reads the text of those that the lists alone do not prove. */
    async everyId() {
      let documents = this.candidates.slice();
      if (!this.certain) {
        const settled = this.hits.concat(this.related).map(function (hit) { return hit.number; });
        const rest = documents.filter(function (document) { return settled.indexOf(document) < 0; });
        const read = this.hits.concat(await this._readAll(rest));
        documents = read.filter(function (hit) { return hit.exact; }).map(function (hit) { return hit.number; });
      }
      const ids = await this.index.json('c/id.bin', this.index.manifest.all);
      return documents.sort(function (one, other) { return one - other; }).map(function (document) { return ids[document]; });
    }
  }

  class Engine {
    /** @param {{get: function(string, boolean): Promise<Uint8Array>}} io */
    constructor(io) {
      this.index = new search.Index(io);
      this.opening = null;
      this.last = null;
    }

    open() {
      this.opening = this.opening || this.index.open(false);
      this.opening.catch(() => { this.opening = null; });
      return this.opening;
    }

    /** Suggestions for what has been typed so far. */
    async suggest(typed) {
      await this.open();
      return search.suggest(this.index, typed);
    }

    /**
     * Counts of every facet value over the matches, each facet under the filters of the others.
     * @returns {Promise<{exact: boolean, fields: Object<string, [string, number][]>}>}
     */
    async facets(text, options) {
      const session = await this._session(text, options || {});
      const filters = (options || {}).filters || {};
      const refuted = new Set(session.refuted);
      const documents = (session.found.length ? session.found : session.foundOthers)
        .filter(function (document) { return !refuted.has(document); });
      const fields = {};
      await Promise.all(['kind', 'issuer', 'subject', 'year', 'validity'].map(async (field) => {
        const rest = Object.assign({}, filters);
        delete rest[field];
        const passes = await this.filter(rest);
        const column = field === 'kind' ? null : await this.index.column(field);
        const counts = new Map();
        for (const document of documents.filter(passes)) {
          const values = column ? [].concat(column[1][document]).map(function (number) { return column[0][number]; }) : [this.index.kind(document)[1]];
          for (const value of values) if (value) counts.set(value, (counts.get(value) || 0) + 1);
        }
        for (const value of filters[field] || []) if (!counts.has(value)) counts.set(value, 0);
        fields[field] = Array.from(counts).sort(function (one, other) {
          return field === 'year' ? (one[0] < other[0] ? 1 : -1) : other[1] - one[1] || (one[0] < other[0] ? -1 : 1);
        });
      }));
      return { exact: session.certain || !session.waiting.length, fields: fields };
    }

    /** Whether a document has one of the values in each of the filtered fields. */
    async filter(filters) {
      const tests = await Promise.all(Object.keys(filters).map(async (field) => {
        const wanted = new Set([].concat(filters[field]));
        if (field === 'kind') return (document) => wanted.has(this.index.kind(document)[1]) || wanted.has(this.index.kind(document)[0]);
        const column = await this.index.column(field);
        const numbers = new Set();
        column[0].forEach(function (value, number) { if (wanted.has(value)) numbers.add(number); });
        return function (document) {
          return [].concat(column[1][document]).some(function (number) { return numbers.has(number); });
        };
      }));
      return function (document) { return tests.every(function (test) { return test(document); }); };
    }

    /**
     * @param {string} text as typed
     * @param {{limit?: number, offset?: number, filters?: Object<string, string|string[]>, sort?: string, all?: boolean}} [options]
     */
    async query(text, options) {
      const wanted = options || {};
      const before = { bytes: this.index.bytes, requests: this.index.requests };
      await this.open();
      let session = await this._session(text, wanted);
      if (session.evidence.puzzling() && await this._learnTraditional(text)) session = await this._session(text, wanted, true);
      const limit = wanted.limit === undefined ? PAGE : wanted.limit;
      const offset = wanted.offset || 0;
      await session.settle(offset + limit);
      if (session.lost && !wanted.renewed && await this._renewed()) {
        return this.query(text, Object.assign({ renewed: true }, wanted));
      }
      const result = { ids: wanted.all ? await session.everyId() : undefined };
      return Object.assign(result, this._result(session, offset, limit, result.ids), {
        bytes: this.index.bytes - before.bytes,
        requests: this.index.requests - before.requests,
      });
    }

    _result(session, offset, limit, ids) {
      const settled = session.hits.length + session.waiting.length;
      const complete = session.certain || !session.waiting.length;
      return {
        total: ids ? ids.length : session.certain ? session.candidates.length : settled,
        exact: Boolean(ids) || complete,
        partial: session.lost > 0,
        related: session.related.length + session.others.length,
        question: session.plan.question,
        near: session.near(),
        answer: session.answer(),
        synonyms: session.synonyms,
        alike: session.alike.length,
        hits: session.hits.concat(session.waiting.length ? [] : session.alike.concat(session.related)).slice(offset, offset + limit),
      };
    }

    async _session(text, options, anew) {
      const key = JSON.stringify([text, options.filters || {}, options.sort || '']);
      if (!anew && this.last && this.last.key === key && !this.last.session.lost) return this.last.session;
      const session = new Session(this, text, options);
      await session.start();
      this.last = { key: key, session: session };
      return session;
    }

    /** After files were lost: whether the site has been built anew since the manifest was read. */
    async _renewed() {
      const before = this.index.manifest;
      try {
        await this.index.open(true);
      } catch (error) {
        return false;
      }
      const after = this.index.manifest;
      this.learned = false;
      return before.base !== after.base || before.delta !== after.delta || before.all !== after.all;
    }

    /** Load the whole table of traditional characters; whether it changes how the query folds. */
    async _learnTraditional(text) {
      if (this.learned) return false;
      const tokens = this.index.tokens;
      const before = tokens.fold(text);
      tokens.learn(await this.index.json('fold.bin', ''));
      this.learned = true;
      return tokens.fold(text) !== before;
    }
  }

  search.Engine = Engine;
})(this);
