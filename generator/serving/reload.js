/* Reloads the page when its file changes and shows the errors that keep the site from being generated. */
(function () {
  'use strict';

  const tag = document.currentScript;
  const address = '/-/events?version=' + encodeURIComponent(tag.dataset.version) +
    '&file=' + encodeURIComponent(tag.dataset.file);
  let source = null;
  let overlay = null;

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  /** A shadow tree keeps the overlay's style and the page's apart. */
  function makeOverlay() {
    const host = document.createElement('div');
    host.id = 'yangguang-preview';
    const root = host.attachShadow({ mode: 'open' });
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = '/-/preview.css';
    overlay = document.createElement('section');
    overlay.className = 'overlay';
    overlay.setAttribute('role', 'alert');
    root.append(sheet, overlay);
    document.body.append(host);
  }

  function show(problems) {
    if (!overlay) {
      if (!problems.length) return;
      makeOverlay();
    }
    overlay.hidden = !problems.length;
    const close = element('button', '收起');
    close.type = 'button';
    close.addEventListener('click', function () { overlay.hidden = true; });
    const list = document.createElement('ol');
    problems.forEach(function (problem) {
      const item = document.createElement('li');
      item.append(element('code', problem.position), element('p', problem.message));
      if (problem.remedy) item.append(element('p', '办法：' + problem.remedy));
      list.append(item);
    });
    overlay.replaceChildren(
      element('h2', '内容有 ' + problems.length + ' 个错误；下面仍是上一次生成的网页'), close, list);
  }

  function connect() {
    if (source || document.hidden) return;
    source = new EventSource(address);
    source.addEventListener('reload', function () { location.reload(); });
    source.addEventListener('problems', function (event) { show(JSON.parse(event.data)); });
  }

  /* Browsers open six connections to a host: a tab nobody looks at must not hold one. */
  document.addEventListener('visibilitychange', function () {
    if (document.hidden && source) {
      source.close();
      source = null;
    }
    connect();
  });
  window.addEventListener('pagehide', function () { if (source) source.close(); });
  window.addEventListener('pageshow', function (event) {
    if (!event.persisted) return;
    source = null;
    connect();
  });

  connect();
}());
