/**
 * The list of suggestions under an input.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const TYPES = ['热词', '问答', '标题', '文号'];

  /** Show suggestions under an input from now on, at once if something was `typed`, after the combobox pattern of ARIA. */
  search.combobox = function (input, engine, pick, typed) {
    const make = search.make;
    const list = make('ul', { class: 'search-suggest', role: 'listbox', id: 'search-suggest', 'aria-label': '搜索建议', hidden: true });
    input.setAttribute('aria-controls', 'search-suggest');
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
      if (mine !== serial || root.document.activeElement !== input) return;
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
    if (typed) open();
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
})(this);
