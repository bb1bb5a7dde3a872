/**
 * 问答直达: the answer card, never without its source.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const make = search.make;
  const QUOTE = 120;

  /** The beginning of a clause, to the end of a line if it is long. */
  function shortened(quote) {
    if (quote.length <= QUOTE) return quote;
    const end = quote.indexOf('\n', QUOTE / 2);
    return quote.slice(0, end > 0 && end <= QUOTE * 1.5 ? end : QUOTE) + '……';
  }

  /**
   * @param {object} answer as the engine gives it
   * @param {string} site address of the site's root
   */
  search.card = function (answer, site) {
    const link = function (each, name) { return make('a', { href: site + each[1], class: name }, each[0]); };
    const row = function (label, content) { return [make('dt', {}, label), make('dd', {}, content)]; };
    const rows = [].concat(
      row('依据', [link([answer.basis[0] + (answer.clause ? '　' + answer.clause : ''), answer.basis[1]])].concat(
        answer.quote && !answer.stale ? make('blockquote', { class: 'search-answer__quote' }, shortened(answer.quote)) : [])),
      answer.agency || answer.phone ? row('谁负责', [answer.agency, answer.phone
        ? make('a', { href: 'tel:' + answer.phone.replace(/[^0-9+]/g, ''), class: 'search-answer__phone' }, answer.phone) : null]) : [],
      answer.related.length ? row('还想问', answer.related.map(function (each) { return link(each); })) : []);
    const actions = answer.guides.map(function (each, i) { return link(['去办理' + (i ? '：' + each[0] : ''), each[1]], 'search-answer__action' + (i ? '' : ' search-answer__action--main')); })
      .concat(answer.pictures.map(function (each) { return link(['看图解', each[1]], 'search-answer__action'); }));
    return make('section', { class: 'search-answer' + (answer.stale ? ' search-answer--stale' : ''), 'aria-labelledby': 'search-answer' }, [
      make('p', { class: 'search-answer__bar' }, [make('span', {}, '政策问答'), make('span', {}, answer.verified_on ? answer.verified_on + ' 核验' : '')]),
      make('h2', { class: 'search-answer__question', id: 'search-answer' }, link([answer.question, answer.url])),
      make('p', { class: 'search-answer__text' }, answer.stale ? '这条问答的依据已有变化，正在重新核验。请先看依据原文，或拨打电话咨询。' : answer.answer),
      make('dl', { class: 'search-answer__rows' }, rows),
      actions.length ? make('p', { class: 'search-answer__actions' }, actions) : null,
    ]);
  };
})(this);
