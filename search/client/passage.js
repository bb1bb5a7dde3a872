/**
 * The text of a hit: exact test, best passage, snippet and marks.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const PASSAGE = 160;
  const LONG = 500;
  const SNIPPET = 96;
  const UNSEEN = 4;

  /** Whether folded text holds each of the terms, as one bit per term. */
  function held(text, terms) {
    let bits = 0;
    terms.forEach(function (term, i) { if (text.indexOf(term.text) >= 0) bits |= 1 << i; });
    return bits;
  }

  /**
   * Read a part's text against a query.
   * @returns {{bits: number, score: number, titled: number, best: object}} terms held, passage score, how the
   *   title answers (2 is it, 1 holds all terms), and the best passage
   */
  function read(part, terms, weights, tokens) {
    const title = tokens.fold(part.title);
    const number = tokens.fold(part.documentNumber);
    const head = [title].concat(part.extra.map(function (line) { return tokens.fold(line); }));
    let bits = 0;
    for (const line of head) bits |= held(line, terms);
    const everything = (1 << terms.length) - 1;
    const titled = terms.length === 1 && (terms[0].text === title || terms[0].text === number) ? 2
      : held(title, terms) === everything ? 1 : 0;
    let best = null;
    part.sections.forEach(function (section) {
      const heading = tokens.fold(section.heading);
      bits |= held(heading, terms);
      for (const shown of passages(section.text)) {
        const text = tokens.fold(shown);
        const here = text.split('\n').reduce(function (sum, line) { return sum | held(line, terms); }, 0);
        bits |= here;
        const score = passageScore(text, title + heading, weights) + 3 * ones(here);
        if (!best || score > best.score) best = { score: score, anchor: section.anchor, heading: section.heading, shown: shown };
      }
    });
    return { bits: bits, everything: everything, titled: titled, score: best ? best.score : 0, best: best };
  }

  function ones(bits) {
    let sum = 0;
    for (; bits; bits &= bits - 1) sum++;
    return sum;
  }

  /** A section whole if it is short, else its paragraphs gathered. */
  function passages(text) {
    if (text.length <= LONG) return [text];
    const out = [];
    let held = '';
    for (const line of text.split('\n')) {
      if (held && held.length + line.length > LONG / 2) { out.push(held); held = ''; }
      held += (held ? '\n' : '') + line;
    }
    out.push(held);
    return out;
  }

  function passageScore(text, context, weights) {
    const norm = 1.2 * (0.25 + 0.75 * Math.min(4, (text.length + context.length) / PASSAGE));
    let score = 0;
    for (const [gram, weight] of weights) {
      let tf = occurrences(text, gram);
      if (context.indexOf(gram) >= 0) tf += 1;
      if (tf) score += weight * tf * 2.2 / (tf + norm);
    }
    return score;
  }

  function occurrences(text, gram) {
    let count = 0;
    for (let at = text.indexOf(gram); at >= 0; at = text.indexOf(gram, at + gram.length)) count++;
    return count;
  }

  /** Weights of all the query's grams: those fetched as scored, the others at a guess. */
  function allWeights(plan, evidence) {
    const weights = new Map();
    for (const text of plan.texts.values()) {
      const known = evidence.weights.get(text);
      weights.set(text, known === undefined ? UNSEEN * 0.75 : known);
    }
    return weights;
  }

  /** Ranges of shown text to be marked: whole terms, else grams that carry meaning. */
  function marks(shown, terms, weights, tokens) {
    const traced = tokens.trace(shown);
    const marked = new Uint8Array(traced.text.length);
    const paint = function (needle) {
      for (let at = traced.text.indexOf(needle); at >= 0; at = traced.text.indexOf(needle, at + 1)) {
        marked.fill(1, at, at + needle.length);
      }
    };
    const whole = terms.filter(function (term) { return traced.text.indexOf(term.text) >= 0; });
    whole.forEach(function (term) { paint(term.text); });
    if (!whole.length) for (const [gram, weight] of weights) if (weight > 1.2) paint(gram);
    const ranges = [];
    for (let i = 0; i < marked.length; i++) {
      if (!marked[i]) continue;
      let end = i;
      while (end < marked.length && marked[end]) end++;
      const start = traced.from[i];
      const stop = traced.from[end];
      const last = ranges[ranges.length - 1];
      if (last && start - last[1] < 1) last[1] = stop;
      else if (stop - start > 1 || whole.length) ranges.push([start, stop]);
      i = end;
    }
    return ranges;
  }

  /** A stretch of the best passage around what matched, with ellipses where it is cut. */
  function snippet(shown, terms, weights, tokens) {
    const flat = shown.replace(/\s*\n\s*/g, ' ').trim();
    const ranges = marks(flat, terms, weights, tokens);
    let start = 0;
    if (flat.length > SNIPPET && ranges.length) {
      let most = -1;
      for (const range of ranges) {
        const from = Math.max(0, Math.min(range[0] - 20, flat.length - SNIPPET));
        const inside = ranges.reduce(function (sum, each) {
          return each[0] >= from && each[1] <= from + SNIPPET ? sum + each[1] - each[0] : sum;
        }, 0);
        if (inside > most) { most = inside; start = from; }
      }
      const stop = flat.slice(Math.max(0, start - 16), start + 1).search(/[，。；：、](?![\s\S]*[，。；：、])/);
      if (stop >= 0) start = Math.max(0, start - 16) + stop + 1;
    }
    const low = flat.charCodeAt(start);
    if (low >= 0xDC00 && low < 0xE000) start--;
    let end = Math.min(flat.length, start + SNIPPET);
    const high = flat.charCodeAt(end - 1);
    if (high >= 0xD800 && high < 0xDC00) end--;
    const text = (start ? '……' : '') + flat.slice(start, end) + (end < flat.length ? '……' : '');
    return { text: text, marks: marks(text, terms, weights, tokens) };
  }

  search.read = read;
  search.marks = marks;
  search.snippet = snippet;
  search.allWeights = allWeights;
})(this);
