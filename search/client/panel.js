/**
 * The list of facets and the chosen conditions.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const make = search.make;
  const LABELS = { kind: '类型', issuer: '发文机关', subject: '主题', year: '年份', validity: '有效性' };
  const SHOWN_VALUES = 8;

  function toggle(page, field, value) {
    const filters = Object.assign({}, page.state.filters);
    const before = filters[field] || [];
    const values = before.filter(function (each) { return each !== value; });
    if (values.length === before.length) values.push(value);
    if (values.length) filters[field] = values;
    else delete filters[field];
    page.go({ filters: filters });
  }

  function facet(page, field, counts) {
    const values = counts.fields[field] || [];
    const chosen = page.state.filters[field] || [];
    if (values.length < 2 && !chosen.length) return null;
    const items = values.map(function (each, place) {
      const box = make('input', { type: 'checkbox', change: function () { toggle(page, field, each[0]); } });
      box.checked = chosen.indexOf(each[0]) >= 0;
      return make('li', { class: 'search-facet__value', hidden: place >= SHOWN_VALUES && !box.checked },
        make('label', {}, [box, make('span', { class: 'search-facet__name' }, each[0]),
          make('span', { class: 'search-facet__count' }, (counts.exact ? '' : '约 ') + each[1])]));
    });
    const all = make('button', { type: 'button', class: 'search-facet__all', hidden: items.every(function (item) { return !item.hidden; }), click: function () {
      items.forEach(function (item) { item.hidden = false; });
      all.hidden = true;
      items[SHOWN_VALUES].querySelector('input').focus();
    } }, '全部 ' + items.length + ' 项');
    return make('fieldset', { class: 'search-facet' }, [make('legend', {}, LABELS[field]), make('ul', {}, items), all]);
  }

  /** Fill a page's panel and its list of conditions. */
  search.panel = function (page, counts) {
    const chosen = [];
    for (const field in page.state.filters) {
      for (const value of page.state.filters[field]) {
        chosen.push(make('li', {}, make('button', { type: 'button', class: 'search-chip', 'aria-label': '去掉条件：' + value, click: function () { toggle(page, field, value); } }, value + ' ×')));
      }
    }
    page.chips.textContent = '';
    page.chips.append.apply(page.chips, chosen);
    page.chips.hidden = !chosen.length;
    const groups = Object.keys(LABELS).map(function (field) { return facet(page, field, counts); }).filter(Boolean);
    const summary = page.facets.firstChild;
    summary.textContent = '筛选' + (chosen.length ? '（已选 ' + chosen.length + ' 项）' : '');
    page.facets.textContent = '';
    page.facets.append.apply(page.facets, [summary].concat(groups));
    page.facets.hidden = !groups.length;
  };
})(this);
