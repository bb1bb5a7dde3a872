/**
 * Bringing files: by fetch, or where that is refused (file:) by scripts of packed files.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const PATIENCE = 8000;
  const script = root.document && root.document.currentScript;
  const home = script ? new URL('.', script.src).href : '';
  const waiting = new Map();
  const packs = new Map();

  /** Called by every pack. */
  search.pack = function (name, files) {
    const ready = waiting.get(name);
    if (ready) ready(files);
  };

  function packOf(path) {
    const rules = [
      [/^(\w+)\/g\/b\d+\/(\d+)\.bin$/, function (m) { return m[1] + '-b' + (m[2] >> 4); }],
      [/^(\w+)\/g\/\d+\/(\d+)-(\d+)\.bin$/, function (m) { return m[1] + '-g' + m[2] + '-' + (m[3] >> 4); }],
      [/^(\w+)\/u\/(\d+)\.bin$/, function (m) { return m[1] + '-u' + (m[2] >> 3); }],
      [/^d\/t\/(\w)\w*(?:-\d+)?\.z$/, function (m) { return 'd-t' + m[1]; }],
      [/^(\w+)\/t\/\d+\/(\d+)(?:-\d+)?\.z$/, function (m) { return m[1] + '-t' + (m[2] >> 4); }],
    ];
    for (const rule of rules) {
      const match = rule[0].exec(path);
      if (match) return rule[1](match);
    }
    return path.replace(/\.[^.]*$/, '').replace(/\W/g, '-');
  }

  function loadPack(base, name, fresh) {
    const url = base + 'k/' + name + '.js';
    if (!fresh && packs.has(url)) return packs.get(url);
    const promise = new Promise(function (resolve, reject) {
      const element = root.document.createElement('script');
      const timer = root.setTimeout(function () { element.onerror(); }, PATIENCE);
      const end = function () { root.clearTimeout(timer); element.remove(); };
      waiting.set(name, function (files) { end(); resolve(files); });
      element.onerror = function () { end(); packs.delete(url); reject(new Error('pack ' + name)); };
      element.src = fresh && !/^file:/.test(url) ? url + '?' + Date.now() : url;
      root.document.head.appendChild(element);
    });
    packs.set(url, promise);
    if (packs.size > 40) packs.delete(packs.keys().next().value);
    return promise;
  }

  async function fromPack(base, path, fresh) {
    const files = await loadPack(base, packOf(path), fresh);
    if (!files[path]) throw new Error('not packed: ' + path);
    return Uint8Array.from(root.atob(files[path]), function (char) { return char.charCodeAt(0); });
  }

  async function fromFetch(base, path, fresh) {
    const control = new root.AbortController();
    const timer = root.setTimeout(function () { control.abort(); }, PATIENCE);
    try {
      const answer = await root.fetch(base + path, { signal: control.signal, cache: fresh ? 'reload' : 'default' });
      if (!answer.ok) throw new Error(answer.status + ' ' + path);
      return new Uint8Array(await answer.arrayBuffer());
    } finally {
      root.clearTimeout(timer);
    }
  }

  /** An `io` for the index at a base address, found out by asking for the manifest. */
  class Transport {
    constructor(base) { this.base = base; }

    async get(path, fresh) {
      if (!this.way) this.way = this._find();
      const way = await this.way.catch((error) => { this.way = null; throw error; });
      const first = this.first;
      this.first = null;
      if (first && path === 'm.bin' && !fresh) return first;
      return way(this.base, path, fresh);
    }

    async _find() {
      const ways = /^file:/.test(this.base) ? [fromPack] : [fromFetch, fromPack];
      let last;
      for (const base of [this.base, this.base + 'search/']) {
        for (const way of ways) {
          try {
            this.first = await way(base, 'm.bin', false);
            this.base = base;
            return way;
          } catch (error) { last = error; }
        }
      }
      throw last;
    }
  }

  /**
   * Open an index.
   * @param {string} [baseUrl] address of the search folder or of the folder above it; by default the script's own
   * @returns {search.Engine}
   */
  search.open = function (baseUrl) {
    const base = baseUrl === undefined ? home : new URL(baseUrl, root.location.href).href;
    return new search.Engine(new Transport(base.replace(/\/?$/, '/')));
  };
  search.home = home;
})(this);
