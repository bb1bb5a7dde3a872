/**
 * The search page: form, results, ways on. Builds everything below [data-module="search"]; what only some visits
 * need is in further scripts (combobox.js, panel.js, answer.js and card.js). Without scripts the form leads to the catalogue.
 */
(function (root) {
  'use strict';
  const document = root.document;
  const search = root.yangguang.search;
  const FACETS = ['kind', 'issuer', 'subject', 'year', 'validity'];
  const PAGE = 10;
  const WAITING = 5;
  const WIDE = 960;

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
      this.site = site === undefined ? new URL('../', search.home).href : new URL(site || '.', root.location.href).href;
      this.serial = 0;
      this.build();
      this.form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.go({ q: this.input.value.trim() }, true);
      });
      root.addEventListener('popstate', () => this.run(this.read()));
      if (root.location.protocol !== 'file:') this.engine.open().catch(function () {});
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
      this.facets = make('details', { class: 'search-facets', hidden: true, open: root.innerWidth >= WIDE, toggle: () => this.count() },
        make('summary', {}, '筛选'));
      this.answer = make('div', {});
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
      for (const field of FACETS) {
        const values = parameters.getAll(field).filter(Boolean);
        if (values.length) state.filters[field] = values;
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
      const current = () => serial === this.serial;
      this.state = state;
      this.input.value = state.q;
      this.counts = null;
      this.shown = 0;
      for (const each of [this.chips, this.sorts, this.facets, this.more, this.related, this.empty]) each.hidden = true;
      this.list.textContent = this.answer.textContent = '';
      this.fallback(!state.q);
      if (!state.q) { this.tell('请输入要查找的内容。'); return; }
      this.tell('正在查找……');
      try {
        const result = await this.ask(0, PAGE, (early) => { if (current()) this.begin(early); });
        if (!current()) return;
        this.show(result, 0);
        this.finish(result);
        await this.count();
        if (!result.exact && result.total <= 30) {
          const all = await this.ask(0, result.total);
          if (!current()) return;
          this.say(all);
          await this.count(true);
        }
      } catch (error) {
        if (current()) this.fail();
      }
    }

    ask(offset, limit, progress) {
      const state = this.state;
      return this.engine.query(state.q, { offset: offset, limit: limit, filters: state.filters, sort: state.sort, progress: progress });
    }

    /** The first news of a query: how many, with places for the first texts; then those of them that are there. */
    begin(early) {
      if (early.hits.length) { this.show(early, 0); return; }
      this.shown = 0;
      this.related.hidden = true;
      if (!early.total && (early.synonyms.length || !early.related)) return;
      this.say(early);
      this.list.textContent = '';
      for (let i = 0; i < Math.min(WAITING, early.total || early.related); i++) {
        this.list.append(make('li', { class: 'search-waiting', 'aria-hidden': 'true' }));
      }
    }

    async next() {
      const serial = this.serial;
      this.more.disabled = true;
      try {
        const before = this.shown;
        const result = await this.ask(before, PAGE);
        if (serial !== this.serial) return;
        const first = this.show(result, before);
        this.offerMore(result);
        if (first) first.querySelector('a').focus();
      } catch (error) {
        if (serial === this.serial) this.fail();
      }
      this.more.disabled = false;
    }

    /** Count the facets if they are to be seen; their values and their script are not fetched before. */
    async count(again) {
      const serial = this.serial;
      if (this.facets.hidden || (this.counts && !again) || !(this.facets.open || Object.keys(this.state.filters).length)) return;
      this.counts = this.engine.facets(this.state.q, this.state);
      try {
        const counts = await this.counts;
        const fill = search.panel;
        if (serial === this.serial) fill(this, counts);
      } catch (error) {
        if (serial === this.serial) this.facets.hidden = true;
      }
    }

    /** Show or hide what the page offers without a query. */
    fallback(shown) {
      document.querySelectorAll('[data-search-fallback]').forEach(function (each) { each.hidden = !shown; });
    }

    /** Say something once: what is there already is not announced again. */
    tell(text, more) {
      if (this.status.textContent === text && !more) return;
      this.status.textContent = text;
      if (more) this.status.append(more);
    }

    fail() {
      if (!this.shown) this.list.textContent = '';
      this.tell('搜索暂时不能使用：索引文件未能载入。请稍后再试，或浏览目录、拨打电话。');
      this.showEmpty(null);
    }

    say(result) {
      const total = result.total + result.alike;
      let text = total ? '找到' + (result.exact ? ' ' : '约 ') + total + ' 条。'
        : '没有找到逐字相符的内容' + (result.related ? '，以下为相近结果' : '') + '。';
      for (const pair of result.synonyms) text += '已把“' + pair[0] + '”一并按“' + pair[1] + '”查找。';
      if (result.partial) text += '部分索引未能载入，结果可能不全。';
      this.tell(text, result.synonyms.length
        ? make('a', { href: '?q=' + encodeURIComponent('“' + this.state.q + '”'), class: 'search-status__literal' }, '只查原词') : null);
    }

    /** Append the hits not yet shown of a result whose first is hit number `from`; returns the first new item. */
    show(result, from) {
      const fresh = result.hits.slice(this.shown - from);
      if (!this.shown) this.list.textContent = '';
      this.shown += fresh.length;
      const items = fresh.map((hit) => {
        const item = this.item(hit);
        (hit.exact || hit.synonym ? this.list : this.relatedList(result.total > 0)).append(item);
        return item;
      });
      return items[0];
    }

    offerMore(result) {
      this.more.hidden = !result.hits.length || this.shown >= result.total + result.alike + result.related;
    }

    /** What follows once the first hits stand in their order. */
    finish(result) {
      this.say(result);
      this.offerMore(result);
      this.showSorts(result);
      this.facets.hidden = result.total + result.alike + result.related < 2;
      if (!result.hits.length) this.showEmpty(result);
      if (result.answer) this.answer.append(search.card(result.answer, this.site));
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

    item(hit) {
      if (hit.unread) return make('li', { class: 'search-result' }, make('p', { class: 'search-result__text' }, '这条结果未能载入。'));
      const badge = hit.validity
        ? make('span', { class: 'search-result__validity' + (hit.lapsed ? ' search-result__validity--lapsed' : '') }, hit.validity) : null;
      const source = [hit.documentNumber, hit.issuers, hit.heading, hit.date].filter(Boolean).map(function (text) {
        return make('span', {}, text);
      });
      return make('li', { class: 'search-result search-result--' + hit.kind }, [
        make('p', { class: 'search-result__kind' }, [make('span', {}, hit.kindLabel), badge]),
        make('h3', { class: 'search-result__title' }, make('a', { href: this.site + hit.url + (hit.anchor ? '#' + hit.anchor : '') }, marked(hit.title, hit.titleMarks))),
        hit.snippet ? make('p', { class: 'search-result__text' }, marked(hit.snippet, hit.snippetMarks)) : null,
        make('p', { class: 'search-result__source' }, source),
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

    /** Nothing found: ways on, and what the page offers without a query. */
    showEmpty(result) {
      const serial = this.serial;
      this.fallback(true);
      search.need('empty').then((fill) => { if (serial === this.serial) fill(this, result); }, function () {});
    }
  }

  /** Offer suggestions for an input; their script comes when the input is first used. */
  search.suggestions = function (input, engine, pick) {
    const before = input.value;
    const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', autocomplete: 'off' };
    for (const name in attributes) input.setAttribute(name, attributes[name]);
    const start = function () {
      search.need('suggest').then(function () { search.combobox(input, engine, pick, input.value !== before); }, function () {});
    };
    if (document.activeElement === input) start();
    else input.addEventListener('focus', start, { once: true });
  };

  search.make = make;
  const start = function () {
    document.querySelectorAll('[data-module="search"]').forEach(function (element) { new SearchPage(element); });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})(this);
