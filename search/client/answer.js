/**
 * 问答直达: which answer card, if any, answers what was asked.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const NEXT = 0.85;
  const FEWEST = 3;
  const SPECIFIC = 6;
  const SAME_QUESTION = 0.6;

  /** How much of what the query means a 问答 asks; 0 if that is too little, if no question is asked, or without a source. */
  function fits(plan, hit, tokens) {
    if (!hit.answer || !hit.answer.basis || !plan.searchable) return 0;
    const all = Array.from(plan.texts.values());
    const grams = all.filter(function (gram) { return plan.meaningful(gram); });
    const wordings = [hit.answer.question].concat(hit.extra).map(function (text) { return tokens.fold(text); });
    const asks = grams.length < all.length || (all.length >= SPECIFIC && wordings.indexOf(plan.terms[0].text) >= 0);
    const count = function (text) { return grams.filter(function (gram) { return text.indexOf(gram) >= 0; }).length; };
    const together = asks ? count(wordings.join('\n')) / grams.length : 0;
    const one = Math.max.apply(null, wordings.map(count));
    return one >= FEWEST && together >= SAME_QUESTION ? together : 0;
  }

  /** The card of the 问答 among a session's very first hits that asks the same. */
  search.answer = function (session) {
    let best = null;
    let most = 0;
    session.first().forEach(function (hit, rank) {
      const good = fits(session.plan, hit, session.index.tokens) * Math.pow(NEXT, rank);
      if (good > most) { most = good; best = hit; }
    });
    return best ? Object.assign({ url: best.url, id: best.id }, best.answer) : null;
  };
})(this);
