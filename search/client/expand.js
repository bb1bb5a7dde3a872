/**
 * What the words of a question stand for in official language (FORMAT.md section 11.2).
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const FILES = 6;
  const TARGETS = 12;
  const MORE_SHARDS = 4;
  const LAMBDA = 30;
  const SYNONYM = 0.6;

  /** The files of what was learned about the query's rarest grams, by gram; asked for before their lists are there. */
  async function lessons(evidence, files) {
    const index = evidence.index;
    const plan = evidence.plan;
    const common = function (text) {
      return Array.from(text).reduce(function (sum, char) { return sum + Math.log(index.spread(char) + 1); }, 0);
    };
    const grams = Array.from(plan.chosen, function (key) { return plan.texts.get(key); })
      .filter(function (text) { return plan.meaningful(text) && Array.from(text).length === 2; })
      .sort(function (one, other) { return common(one) - common(other); });
    const wanted = new Map();
    for (const gram of grams) {
      const rarer = Math.max.apply(null, Array.from(gram).map(function (char) { return index.tokens.order(char); }));
      const path = 'e/' + (rarer & files - 1) + '.bin';
      if (wanted.has(path) || wanted.size < FILES) wanted.set(path, (wanted.get(path) || []).concat(gram));
    }
    const found = new Map();
    await Promise.all(Array.from(wanted).map(async function (each) {
      try {
        const shard = await index.json(each[0], '');
        for (const gram of each[1]) found.set(gram, shard[gram] || '');
      } catch (error) { evidence.lost++; }
    }));
    return found;
  }

  /** The terms most likely meant by the grams of the query, from the site's own 问答. */
  function learned(evidence, found) {
    const index = evidence.index;
    const sums = new Map();
    let total = 0;
    for (const each of found) {
      const weight = evidence.weights.get(each[0]);
      if (!(weight > 1)) continue;
      total += weight;
      for (const meant of each[1].split(' ')) {
        const target = meant.slice(0, meant.search(/[0-9]*$/));
        if (target && !evidence.plan.texts.has(index.tokens.pairKey(target[0], target[1]))) {
          sums.set(target, (sums.get(target) || 0) + weight * Number(meant.slice(target.length)) / 100);
        }
      }
    }
    return Array.from(sums).sort(function (one, other) { return other[1] - one[1] || (one[0] < other[0] ? -1 : 1); })
      .slice(0, TARGETS).map(function (each) { return [each[0], LAMBDA * each[1] / total]; });
  }

  /** Once the query's own lists are there, widen what is related, and reorder; what matches exactly stays what it is. */
  search.expand = async function (evidence, fetched) {
    const index = evidence.index;
    const plan = evidence.plan;
    for (const other of search.otherWords(plan.terms.map(function (term) { return term.text; }).join(' '), index)) {
      const chars = Array.from(index.tokens.fold(other.to));
      for (let i = 0; i + 1 < chars.length; i++) evidence.expansion.set(chars[i] + chars[i + 1], SYNONYM);
    }
    const files = index.manifest.expansions;
    const found = files ? await lessons(evidence, files) : [];
    await fetched;
    for (const each of learned(evidence, found)) evidence.expansion.set(each[0], each[1]);
    const shards = new Set(Array.from(plan.chosen, function (key) { return index.path(key); }));
    const more = new Set();
    await Promise.all(Array.from(evidence.expansion).map(async function (each) {
      const chars = Array.from(each[0]);
      const key = index.tokens.pairKey(chars[0], chars[1]);
      const path = index.path(key);
      if (!shards.has(path) && !more.has(path)) {
        if (more.size >= MORE_SHARDS) return;
        more.add(path);
      }
      try { evidence.add(await index.list(key, false), each[1]); } catch (error) { evidence.lost++; }
    }));
  };
})(this);
