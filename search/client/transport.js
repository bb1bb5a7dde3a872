/**
 * Bringing files: by fetch, or where that is refused (file:) by scripts of packed files; and bringing scripts.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const PATIENCE = 8000;
  const home = new URL('.', root.document.currentScript.src).href;
  const scripts = new Map();

  /** Run a script; it is not run again unless it failed or is forgotten. */
  search.run = function (url) {
    if (!scripts.has(url)) {
      scripts.set(url, new Promise(function (resolve, reject) {
        const element = root.document.createElement('script');
        const fail = function () { search.forget(url); reject(new Error(url)); };
        const timer = root.setTimeout(fail, PATIENCE);
        element.onload = function () { root.clearTimeout(timer); element.remove(); resolve(); };
        element.onerror = fail;
        element.src = url;
        root.document.head.append(element);
      }));
    }
    return scripts.get(url);
  };

  search.forget = function (url) { scripts.delete(url); };

  /** Run one of this folder's further scripts. */
  search.bring = function (name) { return search.run(home + name + '.js'); };

  async function fromPack(base, path, fresh) { return (await search.need('packed'))(base, path, fresh); }

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
