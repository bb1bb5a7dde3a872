/**
 * What the words of a question stand for in official language (FORMAT.md section 11.2).
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const SOURCES = 8;
  const TARGETS = 12;
  const MORE_SHARDS = 4;
  const LAMBDA = 30;
  const SYNONYM = 0.6;

  /** The terms most likely meant by the grams of the query, from the site's own 问答. */
  async function learned(evidence, files) {
    const index = evidence.index;
    const sources = Array.from(evidence.weights).filter(function (each) { return each[1] > 1; })
      .sort(function (one, other) { return other[1] - one[1]; }).slice(0, SOURCES);
    const sums = new Map();
    await Promise.all(sources.map(async function (source) {
      const rarer = Math.max.apply(null, Array.from(source[0]).map(function (char) { return index.tokens.order(char); }));
      let shard;
      try { shard = await index.json('e/' + (rarer & files - 1) + '.bin', ''); } catch (error) { evidence.lost++; return; }
      for (const each of (shard[source[0]] || '').split(' ')) {
        const target = each.slice(0, each.search(/[0-9]*$/));
        if (target && !evidence.plan.texts.has(index.tokens.pairKey(target[0], target[1]))) {
          sums.set(target, (sums.get(target) || 0) + source[1] * Number(each.slice(target.length)) / 100);
        }
      }
    }));
    const total = sources.reduce(function (sum, each) { return sum + each[1]; }, 0) || 1;
    return Array.from(sums).sort(function (one, other) { return other[1] - one[1] || (one[0] < other[0] ? -1 : 1); })
      .slice(0, TARGETS).map(function (each) { return [each[0], LAMBDA * each[1] / total]; });
  }

  /** Widen what is related, and reorder; what matches exactly stays what it is. */
  search.expand = async function (evidence) {
    const index = evidence.index;
    const plan = evidence.plan;
    for (const other of search.otherWords(plan.terms.map(function (term) { return term.text; }).join(' '), index)) {
      const chars = Array.from(index.tokens.fold(other.to));
      for (let i = 0; i + 1 < chars.length; i++) evidence.expansion.set(chars[i] + chars[i + 1], SYNONYM);
    }
    const files = index.manifest.expansions;
    if (files) for (const each of await learned(evidence, files)) evidence.expansion.set(each[0], each[1]);
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
