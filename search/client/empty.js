/**
 * Where to go when nothing is found: nearest words, hot words, the catalogue, the telephone.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const make = search.make;

  function words(label, list) {
    if (!list.length) return [];
    return [make('p', {}, label), make('ul', { class: 'search-empty__words' }, list.map(function (word) {
      return make('li', {}, make('a', { href: '?q=' + encodeURIComponent(word) }, word));
    }))];
  }

  /** Fill a page's place for this; `result` is null where the index did not load. */
  search.empty = function (page, result) {
    const m = page.engine.index.manifest || { hot: [], catalogue: '', hotline: page.element.dataset.hotline || '12345' };
    page.empty.textContent = '';
    page.empty.append.apply(page.empty, [make('h2', { class: 'search-empty__title' }, '没找到想要的？')].concat(
      words('试试其中的一部分：', result ? result.near : []), words('大家常查：', m.hot),
      make('p', {}, ['换个说法再查', m.catalogue ? '，或' : '', m.catalogue ? make('a', { href: page.site + m.catalogue }, '按目录浏览') : '',
        '，也可以打 ', make('a', { href: 'tel:' + m.hotline }, m.hotline), ' 询问。'])));
    page.empty.hidden = false;
  };
})(this);
