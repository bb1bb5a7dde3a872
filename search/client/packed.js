/**
 * Files out of packs (FORMAT.md section 10): classic scripts that hand over files in base64.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const MOST = 40;
  const RULES = [
    [/^(\w+)\/g\/b\d+\/(\d+)\.bin$/, function (m) { return m[1] + '-b' + (m[2] >> 4); }],
    [/^(\w+)\/g\/\d+\/(\d+)-(\d+)\.bin$/, function (m) { return m[1] + '-g' + m[2] + '-' + (m[3] >> 4); }],
    [/^(\w+)\/u\/(\d+)\.bin$/, function (m) { return m[1] + '-u' + (m[2] >> 3); }],
    [/^d\/t\/(\w)\w*(?:-\d+)?\.z$/, function (m) { return 'd-t' + m[1]; }],
    [/^t\/(\w+)\/(\d+)(?:-\d+)?\.z$/, function (m) { return m[1] + '-t' + (m[2] >> 4); }],
  ];
  const held = new Map();
  let arrived = null;

  function packOf(path) {
    for (const rule of RULES) {
      const match = rule[0].exec(path);
      if (match) return rule[1](match);
    }
    return path.replace(/\.[^.]*$/, '').replace(/\W/g, '-');
  }

  /** Called by every pack, right before its script's load event. */
  search.pack = function (name, files) { arrived = { name: name, files: files }; };

  function load(base, name, fresh) {
    const url = base + 'k/' + name + '.js';
    if (!fresh && held.has(url)) return held.get(url);
    const from = fresh && !/^file:/.test(url) ? url + '?' + Date.now() : url;
    search.forget(from);
    const files = search.run(from).then(function () {
      if (!arrived || arrived.name !== name) throw new Error('pack ' + name);
      search.forget(from);
      return arrived.files;
    });
    held.set(url, files);
    files.catch(function () { held.delete(url); });
    if (held.size > MOST) held.delete(held.keys().next().value);
    return files;
  }

  search.packed = async function (base, path, fresh) {
    const files = await load(base, packOf(path), fresh);
    if (!files[path]) throw new Error('not packed: ' + path);
    return Uint8Array.from(root.atob(files[path]), function (char) { return char.charCodeAt(0); });
  };
})(this);
