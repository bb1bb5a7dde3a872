/**
 * The search page: form, suggestions, results, facets. Builds everything below [data-module="search"]; without
 * scripts the form leads to the catalogue.
 */
(function (root) {
  'use strict';
  const document = root.document;
  const search = root.yangguang.search;
  const FACETS = [['kind', '类型'], ['issuer', '发文机关'], ['subject', '主题'], ['year', '年份'], ['validity', '有效性']];
  const SHOWN_VALUES = 8;
  const PAGE = 10;
  const TYPES = ['热词', '问答', '标题', '文号'];

  /** Make an element; attributes whose value is false or undefined are left out. */
  function make(tag, attributes, children) {
    const element = document.createElement(tag);
    for (const name in attributes) {
      if (typeof attributes[name] === 'function') element.addEventListener(name, attributes[name]);
      else if (attributes[name] === true) element.setAttribute(name, '');
      else if (attributes[name] !== false && attributes[name] !== undefined) element.setAttribute(name, attributes[name]);
    }
    element.append.apply(element, [].concat(children === undefined ? [] : children).filter(function (child) { return child !== null && child !== ''; }));
    return element;
  }

  /** Text with some ranges marked. */
  function marked(text, ranges) {
    const pieces = [];
    let at = 0;
    for (const range of ranges) {
      pieces.push(text.slice(at, range[0]), make('mark', { class: 'search-mark' }, text.slice(range[0], range[1])));
      at = range[1];
    }
    pieces.push(text.slice(at));
    return pieces.filter(Boolean);
  }

  class SearchPage {
    /** @param {HTMLElement} element may carry data-index (search folder) and data-root (site root), relative to the page */
    constructor(element) {
      this.element = element;
      this.form = element.querySelector('form[role=search]') || document.querySelector('form[role=search]');
      this.input = this.form.querySelector('input[name=q]');
      this.engine = search.open(element.dataset.index);
      const site = element.dataset.root;
      this.site = site === undefined ? new URL('../', search.home).href : new URL(site, root.location.href).href;
      this.serial = 0;
      this.build();
      this.form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.go({ q: this.input.value.trim() }, true);
      });
      root.addEventListener('popstate', () => this.run(this.read()));
      this.input.addEventListener('focus', () => this.engine.open().catch(function () {}), { once: true });
      search.suggestions(this.input, this.engine, (picked) => {
        if (picked.url && picked.kind > 1) root.location.href = this.site + picked.url;
        else this.go({ q: picked.text }, true);
      });
      this.run(this.read());
    }

    build() {
      this.status = make('p', { class: 'search-status', role: 'status', 'aria-live': 'polite' });
      this.chips = make('ul', { class: 'search-chips', 'aria-label': '已选条件', hidden: true });
      this.sorts = make('p', { class: 'search-sort', hidden: true });
      this.facets = make('div', { class: 'search-facets', hidden: true });
      this.answer = make('div', { class: 'search-answer-place' });
      this.list = make('ol', { class: 'search-results' });
      this.more = make('button', { type: 'button', class: 'search-more', hidden: true, click: () => this.next() }, '显示更多');
      this.related = make('section', { class: 'search-related', hidden: true, 'aria-labelledby': 'search-related' });
      this.empty = make('div', { class: 'search-empty', hidden: true });
      const results = make('div', { class: 'search-main' },
        [this.answer, this.chips, this.sorts, this.list, this.related, this.more, this.empty]);
      this.element.append(this.status, make('div', { class: 'search-layout' }, [this.facets, results]));
    }

    /** What the address asks for. */
    read() {
      const parameters = new URLSearchParams(root.location.search);
      const state = { q: (parameters.get('q') || '').trim(), sort: parameters.get('sort') || '', filters: {} };
      for (const facet of FACETS) {
        const values = parameters.getAll(facet[0]);
        if (values.length) state.filters[facet[0]] = values;
      }
      return state;
    }

    /** Put a state into the address and show it; a new query drops the filters. */
    go(change, fresh) {
      const state = Object.assign({}, fresh ? { sort: '', filters: {} } : this.state, change);
      const parameters = new URLSearchParams();
      if (state.q) parameters.set('q', state.q);
      if (state.sort) parameters.set('sort', state.sort);
      for (const field in state.filters) for (const value of state.filters[field]) parameters.append(field, value);
      root.history.pushState(null, '', '?' + parameters);
      this.run(state);
    }

    async run(state) {
      const serial = ++this.serial;
      this.state = state;
      this.input.value = state.q;
      for (const each of [this.chips, this.sorts, this.facets, this.more, this.related, this.empty]) each.hidden = true;
      this.list.textContent = this.answer.textContent = '';
      if (!state.q) { this.status.textContent = '请输入要查找的内容。'; return; }
      this.status.textContent = '正在查找……';
      try {
        const result = await this.ask(0, PAGE);
        if (serial !== this.serial) return;
        this.shown = 0;
        this.show(result, true);
        const counts = await this.engine.facets(state.q, state);
        if (serial !== this.serial) return;
        this.showFacets(counts);
        if (!result.exact && result.total <= 30) {
          const all = await this.ask(0, result.total);
          if (serial === this.serial) this.say(all);
          if (serial === this.serial) this.showFacets(await this.engine.facets(state.q, state));
        }
      } catch (error) {
        if (serial === this.serial) this.fail();
      }
    }

    ask(offset, limit) {
      return this.engine.query(this.state.q, { offset: offset, limit: limit, filters: this.state.filters, sort: this.state.sort });
    }

    async next() {
      const serial = this.serial;
      this.more.disabled = true;
      try {
        const result = await this.ask(this.shown, PAGE);
        if (serial !== this.serial) return;
        const first = this.show(result, false);
        if (first) first.querySelector('a').focus();
      } catch (error) {
        if (serial === this.serial) this.fail();
      }
      this.more.disabled = false;
    }

    fail() {
      this.status.textContent = '搜索暂时不能使用：索引文件未能载入。请稍后再试，或浏览目录、拨打电话。';
      this.showEmpty(null);
    }

    say(result) {
      const total = result.total + result.alike;
      const count = total ? '找到' + (result.exact ? ' ' : '约 ') + total + ' 条'
        : '没有找到逐字相符的内容' + (result.related ? '，以下为相近结果' : '');
      this.status.textContent = count + '。';
      if (result.synonyms && result.synonyms.length) {
        for (const pair of result.synonyms) this.status.append('已把“' + pair[0] + '”一并按“' + pair[1] + '”查找。');
        this.status.append(make('a', { href: '?q=' + encodeURIComponent('“' + this.state.q + '”'), class: 'search-status__literal' }, '只查原词'));
      }
      if (result.partial) this.status.append('部分索引未能载入，结果可能不全。');
    }

    show(result, first) {
      this.say(result);
      this.shown += result.hits.length;
      if (first && result.answer) this.answer.append(this.card(result.answer));
      let item = null;
      for (const hit of result.hits) {
        const place = hit.exact || hit.synonym ? this.list : this.relatedList(result.total > 0);
        const made = this.item(hit);
        place.append(made);
        item = item || made;
      }
      this.more.hidden = !result.hits.length || this.shown >= result.total + result.alike + result.related;
      if (first) this.showSorts(result);
      if (first && !result.hits.length) this.showEmpty(result);
      return item;
    }

    relatedList(divided) {
      if (this.related.hidden) {
        this.related.textContent = '';
        this.related.append(make('h2', { class: 'search-related__title', id: 'search-related' }, divided ? '以下为部分相符的结果' : '相近结果'),
          make('ol', { class: 'search-results' }));
        this.related.hidden = false;
      }
      return this.related.lastChild;
    }

    address(hit) { return this.site + hit.url + (hit.anchor ? '#' + hit.anchor : ''); }

    item(hit) {
      if (hit.unread) return make('li', { class: 'search-result' }, make('p', { class: 'search-result__text' }, '这条结果未能载入。'));
      const badge = hit.validity
        ? make('span', { class: 'search-result__validity' + (hit.lapsed ? ' search-result__validity--lapsed' : '') }, hit.validity) : null;
      const source = [hit.documentNumber, hit.issuers, hit.heading, hit.date].filter(Boolean).map(function (text) {
        return make('span', {}, text);
      });
      return make('li', { class: 'search-result search-result--' + hit.kind }, [
        make('p', { class: 'search-result__kind' }, [make('span', {}, hit.kindLabel), badge]),
        make('h3', { class: 'search-result__title' }, make('a', { href: this.address(hit) }, marked(hit.title, hit.titleMarks))),
        hit.snippet ? make('p', { class: 'search-result__text' }, marked(hit.snippet, hit.snippetMarks)) : null,
        make('p', { class: 'search-result__source' }, source),
      ]);
    }

    /** 问答直达: never without its source. */
    card(answer) {
      const link = (each, name) => make('a', { href: this.site + each[1], class: name }, each[0]);
      const row = (label, content) => [make('dt', {}, label), make('dd', {}, content)];
      const rows = [].concat(
        row('依据', [link([answer.basis[0] + (answer.clause ? '　' + answer.clause : ''), answer.basis[1]])].concat(
          answer.quote ? make('blockquote', { class: 'search-answer__quote' }, answer.quote) : [])),
        answer.agency || answer.phone ? row('谁负责', [answer.agency, answer.phone
          ? make('a', { href: 'tel:' + answer.phone.replace(/[^0-9+]/g, ''), class: 'search-answer__phone' }, answer.phone) : null]) : [],
        answer.related.length ? row('还想问', answer.related.map(function (each) { return link(each); })) : []);
      const actions = answer.guides.map(function (each, i) { return link(['去办理' + (i ? '：' + each[0] : ''), each[1]], 'search-answer__action search-answer__action--main'); })
        .concat(answer.pictures.map(function (each) { return link(['看图解', each[1]], 'search-answer__action'); }));
      return make('section', { class: 'search-answer' + (answer.stale ? ' search-answer--stale' : ''), 'aria-labelledby': 'search-answer' }, [
        make('p', { class: 'search-answer__bar' }, [make('span', {}, '政策问答'), make('span', {}, answer.verified_on ? answer.verified_on + ' 核验' : '')]),
        make('h2', { class: 'search-answer__question', id: 'search-answer' }, link([answer.question, answer.url])),
        make('p', { class: 'search-answer__text' }, answer.stale ? '这条问答的依据已有变化，正在重新核验。请先看依据原文，或拨打电话咨询。' : answer.answer),
        make('dl', { class: 'search-answer__rows' }, rows),
        actions.length ? make('p', { class: 'search-answer__actions' }, actions) : null,
      ]);
    }

    showSorts(result) {
      this.sorts.textContent = '';
      this.sorts.hidden = result.total < 2;
      for (const choice of [['', '按相关程度'], ['date', '按日期']]) {
        const current = this.state.sort === choice[0];
        this.sorts.append(make('button', { type: 'button', class: 'search-sort__choice', 'aria-pressed': String(current), click: () => this.go({ sort: choice[0] }) }, choice[1]));
      }
    }

    showFacets(counts) {
      const filters = this.state.filters;
      this.chips.textContent = this.facets.textContent = '';
      let chosen = 0;
      for (const facet of FACETS) {
        for (const value of filters[facet[0]] || []) {
          chosen++;
          this.chips.append(make('li', {}, make('button', { type: 'button', class: 'search-chip', 'aria-label': '去掉条件：' + value, click: () => this.toggle(facet[0], value) }, value + ' ×')));
        }
      }
      this.chips.hidden = !chosen;
      const groups = FACETS.map((facet) => this.facet(facet, counts)).filter(Boolean);
      this.facets.hidden = !groups.length;
      if (!groups.length) return;
      this.facets.append(make('details', { class: 'search-facets__box', open: chosen > 0 || root.innerWidth >= 960 },
        [make('summary', {}, '筛选' + (chosen ? '（已选 ' + chosen + ' 项）' : ''))].concat(groups)));
    }

    facet(facet, counts) {
      const values = counts.fields[facet[0]] || [];
      const chosen = this.state.filters[facet[0]] || [];
      if (values.length < 2 && !chosen.length) return null;
      const items = values.map((each, place) => {
        const box = make('input', { type: 'checkbox', change: () => this.toggle(facet[0], each[0]) });
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
      return make('fieldset', { class: 'search-facet' }, [make('legend', {}, facet[1]), make('ul', {}, items), all]);
    }

    toggle(field, value) {
      const filters = Object.assign({}, this.state.filters);
      const values = (filters[field] || []).filter(function (each) { return each !== value; });
      if (values.length === (filters[field] || []).length) values.push(value);
      if (values.length) filters[field] = values;
      else delete filters[field];
      this.go({ filters: filters });
    }

    /** Nothing found: nearest words, hot words, the catalogue, the telephone. */
    showEmpty(result) {
      const m = this.engine.index.manifest || { hot: [], catalogue: '', hotline: '12345' };
      const ask = (word) => make('li', {}, make('a', { href: '?q=' + encodeURIComponent(word) }, word));
      const near = result ? result.near || [] : [];
      this.empty.textContent = '';
      this.empty.append(
        make('h2', { class: 'search-empty__title' }, '没找到想要的？'),
        near.length ? make('p', {}, '试试其中的一部分：') : '', near.length ? make('ul', { class: 'search-empty__words' }, near.map(ask)) : '',
        m.hot.length ? make('p', {}, '大家常查：') : '', m.hot.length ? make('ul', { class: 'search-empty__words' }, m.hot.map(ask)) : '',
        make('p', {}, ['换个说法再查', m.catalogue ? '，或' : '', m.catalogue ? make('a', { href: this.site + m.catalogue }, '按目录浏览') : '',
          '，也可以打 ', make('a', { href: 'tel:' + m.hotline }, m.hotline), ' 询问。']));
      this.empty.hidden = false;
    }
  }

  /** A list of suggestions under an input, after the combobox pattern of ARIA. */
  search.suggestions = function (input, engine, pick) {
    const list = make('ul', { class: 'search-suggest', role: 'listbox', id: 'search-suggest', 'aria-label': '搜索建议', hidden: true });
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', 'search-suggest');
    input.setAttribute('autocomplete', 'off');
    input.after(list);
    let entries = [];
    let active = -1;
    let serial = 0;
    const close = function () {
      serial++;
      list.hidden = true;
      active = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const choose = function (entry) { close(); pick(entry); };
    const light = function (place) {
      active = place;
      Array.from(list.children).forEach(function (item, i) { item.setAttribute('aria-selected', String(i === place)); });
      if (place < 0) input.removeAttribute('aria-activedescendant');
      else input.setAttribute('aria-activedescendant', 'search-suggest-' + place);
    };
    const open = async function () {
      const mine = ++serial;
      let found;
      try { found = await engine.suggest(input.value); } catch (error) { found = []; }
      if (mine !== serial || document.activeElement !== input) return;
      entries = found;
      list.textContent = '';
      entries.forEach(function (entry, i) {
        list.append(make('li', { class: 'search-suggest__item', role: 'option', id: 'search-suggest-' + i, 'aria-selected': 'false',
          mousedown: function (event) { event.preventDefault(); choose(entry); } },
        [make('span', { class: 'search-suggest__text' }, entry.text), ' ', make('span', { class: 'search-suggest__kind' }, TYPES[entry.kind])]));
      });
      list.hidden = !entries.length;
      active = -1;
      input.setAttribute('aria-expanded', String(!list.hidden));
    };
    close();
    input.addEventListener('input', function (event) { if (!event.isComposing) open(); });
    input.addEventListener('compositionend', open);
    input.addEventListener('blur', close);
    input.addEventListener('keydown', function (event) {
      if (event.isComposing) return;
      if (event.key === 'Escape' && !list.hidden) { close(); event.preventDefault(); }
      if (event.key === 'ArrowDown' && list.hidden) { open(); event.preventDefault(); return; }
      if (list.hidden) return;
      if (event.key === 'Enter') {
        if (active >= 0) { event.preventDefault(); choose(entries[active]); } else close();
      }
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (!step) return;
      event.preventDefault();
      light((active + 1 + step + entries.length + 1) % (entries.length + 1) - 1);
    });
  };

  search.SearchPage = SearchPage;
  const start = function () {
    document.querySelectorAll('[data-module="search"]').forEach(function (element) { new SearchPage(element); });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})(this);
