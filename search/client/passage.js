/**
 * The text of a hit: exact test, best passage, snippet and marks.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const PASSAGE = 160;
  const LONG = 500;
  const SNIPPET = 96;
  const UNSEEN = 3;
  const FAINT = 0.3;
  const EXPECTED = 4;
  const WINDOW = 80;
  const CLOSE = 1.2;
  const DEFINITION = 10;
  const DEFINES = /是指|^第[^,。]{3,20}是/;

  /** Whether folded text holds each of the terms, as one bit per term. */
  function held(text, terms) {
    let bits = 0;
    terms.forEach(function (term, i) { if (text.indexOf(term.text) >= 0) bits |= 1 << i; });
    return bits;
  }

  /**
   * Read a part's text against a query.
   * @returns {{bits: number, everything: number, titled: number, passages: object[]}} terms held, how the title
   *   answers (2 is it, 1 holds all terms), and the passages with what each holds of the query's grams
   */
  function read(part, terms, grams, chars, tokens) {
    const title = tokens.fold(part.title);
    const number = tokens.fold(part.documentNumber);
    const everything = (1 << terms.length) - 1;
    const titled = terms.length === 1 && (terms[0].text === title || terms[0].text === number) ? 2
      : held(title, terms) === everything ? 1 : 0;
    let bits = held(title, terms);
    for (const line of part.extra) bits |= held(tokens.fold(line), terms);
    const found = [];
    for (const section of part.sections) {
      const heading = tokens.fold(section.heading);
      bits |= held(heading, terms);
      for (const shown of passages(section.text)) {
        const text = tokens.fold(shown);
        const here = text.split('\n').reduce(function (sum, line) { return sum | held(line, terms); }, 0);
        bits |= here;
        found.push({ anchor: section.anchor, heading: section.heading, shown: shown, length: text.length,
          terms: ones(here), close: closest(text, chars), defines: DEFINES.test(text), counts: grams.map(function (gram) { return occurrences(text, gram); }),
          context: grams.map(function (gram) { return heading.indexOf(gram) >= 0; }) });
      }
    }
    return { bits: bits, everything: everything, titled: titled, passages: found,
      title: grams.map(function (gram) { return title.indexOf(gram) >= 0; }) };
  }

  /**
   * Weigh the grams by how rare they are among the passages read, and give each reading its best passage;
   * `defines` says that the query asks what something is.
   */
  function judge(readings, known, shares, defines) {
    const all = [].concat.apply([], readings.map(function (reading) { return reading.passages; }));
    const local = known.map(function (_, i) {
      const holding = all.reduce(function (sum, passage) { return sum + (passage.counts[i] ? 1 : 0); }, 0);
      return shares[i] * Math.log(1 + (all.length - holding + 0.5) / (holding + 0.5));
    });
    for (const reading of readings) {
      reading.score = 0;
      reading.best = null;
      for (const passage of reading.passages) {
        const long = Math.min(4, passage.length / PASSAGE);
        let score = 3 * passage.terms;
        let links = score + CLOSE * passage.close + (defines && passage.defines ? DEFINITION : 0);
        for (let i = 0; i < known.length; i++) {
          const tf = passage.counts[i] + (passage.context[i] ? 1 : 0);
          const titled = tf + (reading.title[i] ? 1 : 0);
          if (tf && shares[i] === 1) links += (local[i] + known[i]) * tf / (tf + 0.2 + 0.2 * long);
          if (titled) score += local[i] * titled * 2.2 / (titled + 0.3 + 0.9 * long);
        }
        if (!reading.best || links > reading.best.links) reading.best = Object.assign({ links: links }, passage);
        reading.score = Math.max(reading.score, score);
      }
    }
  }

  /** The most that any stretch of so many characters holds of the query's, each weighing what `chars` says. */
  function closest(text, chars) {
    let most = 0;
    for (let at = 0; at === 0 || at + WINDOW / 2 < text.length; at += WINDOW / 2) {
      const stretch = text.slice(at, at + WINDOW);
      let sum = 0;
      for (const each of chars) if (stretch.indexOf(each[0]) >= 0) sum += each[1];
      most = Math.max(most, sum);
    }
    return most;
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
      weights.set(text, known !== undefined ? known : plan.meaningful(text) ? UNSEEN : FAINT);
    }
    for (const [text, factor] of evidence.expansion) weights.set(text, factor * EXPECTED);
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
  search.judge = judge;
  search.marks = marks;
  search.snippet = snippet;
  search.allWeights = allWeights;
})(this);
