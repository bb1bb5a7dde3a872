/**
 * The door: yangguang.search.open(base) → { query(text, options) → Promise of results }.
 * Free of the DOM; how files are brought is the caller's, see transport.js.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const PAGE = 10;
  const READ_AHEAD = 12;
  const MORE = 4;
  const SOME = 2;
  const AT_ONCE = 24;
  const DEFINITION = /什么(是|叫)|是什么|何为|何谓/;
  const QUOTED = /[“"「]/;
  const FEW = 5;
  const FIRST = 3;
  const PATIENCE = 300;

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
      this.thorough = new Set();
      this.lost = 0;
    }

    async start() {
      this.plan = new search.Plan(this.index, this.typed);
      this.evidence = new search.Evidence(this.index, this.plan);
      const fetched = this.evidence.fetch().then(() => this.evidence.score());
      await Promise.all([fetched, this.evidence.expand(fetched)]);
      this.lost += this.evidence.lost;
      this.weights = search.allWeights(this.plan, this.evidence);
      this.grams = Array.from(this.weights.keys());
      this.chars = this.evidence.characters();
      let all = this.plan.searchable ? this.evidence.candidates() : [];
      let others = this._others(new Set(all));
      this.found = all;
      this.foundOthers = others;
      const filters = this.options.filters || {};
      if (Object.keys(filters).length) {
        await search.need('facets');
        const passes = await search.filter(this.index, filters);
        all = all.filter(passes);
        others = others.filter(passes);
      }
      this.certain = this.plan.terms.every(function (term) { return term.certain; }) && !this.lost;
      this.alike = [];
      this.twins = [];
      this.synonyms = [];
      if (!this.options.literal && !this.plan.question && !QUOTED.test(this.typed) && search.hasOtherWords(this.typed, this.index)) {
        await (await search.need('twins'))(this, Session);
      }
      this.waiting = this._ordered(all.slice());
      this.others = this._ordered(others.slice());
      this.candidates = all;
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

    /** Read candidates until so many hits are settled, exact ones first; `progress` is told of the first few. */
    settle(until, progress) {
      const go = () => this._settle(until, progress);
      this.turn = this.turn ? this.turn.then(go, go) : go();
      return this.turn;
    }

    async _settle(until, progress) {
      let most = READ_AHEAD;
      while (this.hits.length < until && this.waiting.length) {
        await this._readAll(this.waiting, Math.max(most, until - this.hits.length), progress, (hit) => {
          if (hit.exact) this.hits.push(hit);
          else if (hit.undecided) {
            this.thorough.add(hit.number);
            this.waiting.push(hit.number);
          } else {
            this.related.push(hit);
            this.refuted.push(hit.number);
          }
        });
        progress = null;
        most = most === READ_AHEAD && this.hits.length ? MORE : most * 2;
      }
      if (!this.waiting.length && this.twins.length) await search.settleTwins(this, until - this.hits.length);
      const alike = new Set(this.alike.map(function (hit) { return hit.number; }));
      this.others = this.others.filter(function (document) { return !alike.has(document); });
      const found = this.hits.length + this.alike.length;
      const missing = until - found - this.related.length;
      if (!this.waiting.length && missing > 0 && this.others.length) {
        const most = found && !this.plan.question ? missing : Math.max(READ_AHEAD, missing);
        await this._readAll(this.others, most, progress, (hit) => this.related.push(hit));
      }
    }

    /**
     * Read the first so many of a queue and take them in the order of their scores. If most texts are slow while
     * the first few are there, these are taken and told before the others, whose order they then precede.
     */
    async _readAll(queue, most, progress, take) {
      let reads = [];
      const some = queue.slice(0, most);
      for (let i = 0; i < some.length; i += AT_ONCE) {
        const batch = some.slice(i, i + AT_ONCE).map((document) => this._read(document, queue));
        reads = reads.concat(batch);
        if (progress && !i && await this._slow(batch)) {
          this._judged(await Promise.all(reads.splice(0, FEW))).forEach(take);
          queue.splice(0, FEW);
          progress();
        }
        await Promise.all(batch);
      }
      this._judged(await Promise.all(reads)).forEach(take);
      queue.splice(0, reads.length);
    }

    /** Whether texts are missing yet a while after the first few came. */
    async _slow(reads) {
      if (reads.length <= FEW) return false;
      const all = Promise.all(reads).then(function () { return false; });
      const few = Promise.all(reads.slice(0, FEW)).then(function () {
        return new Promise(function (resolve) { root.setTimeout(resolve, PATIENCE, true); });
      });
      return Promise.race([all, few]);
    }

    _judged(found) {
      const readings = [].concat.apply([], found.map(function (each) { return each.readings; }));
      search.judge(readings, this.grams.map((gram) => this.weights.get(gram)), this.grams.map((gram) => this.evidence.expansion.get(gram) || 1), DEFINITION.test(this.typed));
      return this._ranked(found.map((each) => this._hit(each)));
    }

    _ranked(hits) {
      if (this.options.sort === 'date') return hits;
      return hits.sort(function (one, other) { return other.score - one.score || other.number - one.number; });
    }

    /**
     * Read the parts of a document that decide whether and where it matches; of one that waits with others, at
     * first the likeliest two, of one that can only be related the best.
     */
    async _read(document, queue) {
      const out = { number: document, bits: 0, readings: [] };
      const everywhere = this.plan.terms.some(function (term) { return !term.keys.length; });
      const parts = this._partsOf(document);
      const soon = queue === this.waiting && this.options.sort !== 'date' && !this.thorough.has(document);
      const most = queue === this.others ? 1 : soon ? SOME : Infinity;
      for (const number of parts) {
        if (out.readings.length >= most) {
          out.undecided = soon;
          break;
        }
        try {
          const part = await this.index.part(document, number);
          const reading = search.read(part, this.plan.terms, this.grams, this.chars, this.index.tokens);
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
    _partsOf(document) {
      const order = this.evidence.bestParts(document);
      const may = new Set([].concat.apply(order.slice(0, 1), (this.evidence.parts || []).map(function (each) { return each.get(document) || []; })));
      return new Set(order.filter(function (part) { return may.has(part); }));
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
      return Object.assign({}, part, {
        number: document, anchor: read.best && read.titled < 2 ? read.best.anchor : '',
        score: own + read.score + bonus * this.evidence.prior(document), snippet: piece.text, snippetMarks: piece.marks,
        exact: exact, undecided: found.undecided && !exact, heading: read.best ? read.best.heading : '',
        titleMarks: search.marks(part.title, this.plan.terms, this.weights, tokens), sections: undefined,
      });
    }

    _unread(document, score) {
      const kind = this.index.kind(document);
      return { number: document, id: '', url: '', anchor: '', title: '', kind: kind[0], kindLabel: kind[1], score: score,
        snippet: '', exact: false, unread: true };
    }

    /** The very first hits: those whose answer card may answer. */
    first() { return this.hits.concat(this.alike, this.related).slice(0, FIRST); }

    /** Parts of the query that do stand on the site, the rarest first; proposed when nothing is found. */
    near() {
      return this.hits.length ? [] : Array.from(this.evidence.lists).filter(function (entry) { return entry[1].doc.length; })
        .sort(function (one, other) { return one[1].doc.length - other[1].doc.length; })
        .slice(0, 4).map((entry) => this.plan.texts.get(entry[0]));
    }

    /** Read these documents wholly and say which match. */
    async matching(documents) {
      const found = [];
      await this._readAll(documents, documents.length, null, function (hit) { if (hit.exact) found.push(hit.number); });
      return found;
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
      return (await search.need('suggest'))(this.index, typed);
    }

    /**
     * Counts of every facet value over the matches, each facet under the filters of the others.
     * @returns {Promise<{exact: boolean, fields: Object<string, [string, number][]>}>}
     */
    async facets(text, options) {
      const session = await this._session(text, options || {});
      return (await search.need('facets'))(session);
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
      const result = (ids) => this._result(session, offset, limit, ids);
      const progress = wanted.progress && function () { wanted.progress(result()); };
      if (progress) progress();
      await session.settle(offset + limit, progress);
      if (session.lost && !wanted.renewed && await this._renewed()) {
        return this.query(text, Object.assign({ renewed: true }, wanted));
      }
      const ids = wanted.all ? await (await search.need('everyId'))(session) : undefined;
      let answer = null;
      if (session.first().some(function (hit) { return hit.answer; })) {
        if (progress && !search.answer) progress();
        const find = await search.need('answer').catch(function () { return function () { return null; }; });
        answer = find(session);
      }
      return Object.assign({ ids: ids }, result(ids), {
        answer: answer,
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
        answer: null,
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
