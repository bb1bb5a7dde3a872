/**
 * Reading the files of FORMAT.md: checksums, inflate, text code, manifest, shards and lists.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const PAIR = 4194304;
  const FIRST = 48;

  const crcTable = new Int32Array(256).map(function (_, index) {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xEDB88320 : value >>> 1;
    return value;
  });

  function crc(bytes, start, value) {
    let sum = ~value;
    for (let i = start; i < bytes.length; i++) sum = crcTable[(sum ^ bytes[i]) & 255] ^ (sum >>> 8);
    return ~sum;
  }

  function tagBytes(hex) {
    return new Uint8Array((hex.match(/../g) || []).map(function (pair) { return parseInt(pair, 16); }));
  }

  /** Check a sealed file and return what it holds. */
  function unseal(bytes, tag) {
    const stated = bytes.length < 4 ? NaN : bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24;
    if (stated !== crc(bytes, 4, crc(tagBytes(tag), 0, 0))) throw new Error('checksum');
    return bytes.subarray(4);
  }

  /** Inflate a zlib stream; browsers that cannot, and other engines, run inflate.js. */
  async function unzip(bytes) {
    if (!root.DecompressionStream) return (await search.need('inflate'))(bytes);
    const stream = new Blob([bytes]).stream().pipeThrough(new root.DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  async function unzipJson(bytes) {
    const plain = await unzip(bytes);
    return JSON.parse(root.TextDecoder ? new TextDecoder().decode(plain) : search.utf8(plain));
  }

  /** A function of a script that few visits need; brought on first use, where it is not there from the start. */
  search.need = async function (name) {
    if (!search[name]) await search.bring(name);
    return search[name];
  };

  /** The text code of FORMAT.md 6.1. */
  function decodeText(bytes, table) {
    const out = [];
    for (let i = 0; i < bytes.length;) {
      const lead = bytes[i++];
      if (lead < 128) out.push(String.fromCharCode(lead));
      else if (lead < 144) out.push(table[(lead - 128) * 128 + (bytes[i++] & 127)]);
      else if (lead < 255) out.push(String.fromCharCode(0x4E00 + ((lead - 144) << 8) + bytes[i++]));
      else { out.push(String.fromCodePoint(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2])); i += 3; }
    }
    return out.join('');
  }

  /** The lists of a shard by key: columns of numbers in groups of 7 bits, then the lists. */
  class Shard {
    constructor(bytes) {
      this.bytes = bytes;
      this.lists = new Map();
      let at = 0;
      const number = function () {
        let value = 0;
        for (let scale = 1; ; scale *= 128) {
          const byte = bytes[at++];
          value += (byte & 127) * scale;
          if (byte < 128) return value;
        }
      };
      const steps = Array.from({ length: number() }, number);
      let rarer = 0;
      let other = 0;
      const keys = steps.map(function (step) {
        if (step % 2) { rarer += number(); other = 0; }
        other += Math.floor(step / 4);
        return rarer * PAIR + other * 2 + (step >> 1) % 2;
      });
      const counts = keys.map(number);
      const sizes = counts.map(function (count) { return count % 4 % 3 ? count >> 2 : number(); });
      keys.forEach((key, i) => {
        const short = counts[i] % 4;
        this.lists.set(key, { at: at, count: short % 3 || counts[i] >> 2, flat: short === 3 });
        at += sizes[i];
      });
    }
  }

  /**
   * Decode one list.
   * @param {?function(number): number} parts how many a document has; none for lists of documents alone
   * @returns {{doc: number[], part: number[], tf: number[]}}
   */
  function decodeList(bytes, entry, cap, parts, shift) {
    const count = entry.count;
    const doc = [];
    const part = [];
    const tf = [];
    const dense = count * 6 > cap;
    let rice = 0;
    while (rice < 20 && count * (2 << rice) <= cap) rice++;
    let at = entry.at * 8;
    const bit = function () { const value = bytes[at >> 3] >> (7 - (at & 7)) & 1; at++; return value; };
    const bits = function (need) { let value = 0; while (need--) value = value << 1 | bit(); return value; };
    const ones = function (most) { let size = 0; while (size < most && bit()) size++; return size; };
    const frequency = function () {
      if (dense) return [1, 2, 5, 12][entry.flat ? bits(2) : bit() ? 0 : bit() ? 1 : 3 - bit()];
      let size = 0;
      while (!bit()) size++;
      return 1 << size | bits(size);
    };
    let number = shift - 1;
    while (doc.length < count) {
      const quotient = ones(12);
      number += 1 + (quotient < 12 ? quotient << rice | bits(rice) : bits(20));
      const many = parts ? parts(number) : 1;
      const step = Math.max(0, 29 - Math.clz32(many));
      const leap = function (most) { return most > 0 ? ones(most >> step) << step | bits(step) : 0; };
      for (let here = leap(many - 1); here < many; here += 1 + leap(many - 1 - here)) {
        doc.push(number);
        part.push(here);
        tf.push(parts ? frequency() : 1);
      }
    }
    return { doc: doc, part: part, tf: tf };
  }

  /** One site's index behind an `io` that brings files by path. */
  class Index {
    /** @param {{get: function(string, boolean): Promise<Uint8Array>}} io second argument: past any cache */
    constructor(io) {
      this.io = io;
      this.bytes = 0;
      this.requests = 0;
      this.cache = new Map();
    }

    async fetch(path, fresh) {
      this.requests++;
      const bytes = await this.io.get(path, Boolean(fresh));
      this.bytes += bytes.length;
      return bytes;
    }

    /** A file's content through `make`, kept; one that failed is asked for again next time. */
    load(path, tag, make) {
      let waiting = this.cache.get(path);
      if (!waiting) {
        const read = (fresh) => this.fetch(path, fresh).then(function (bytes) { return make(unseal(bytes, tag)); });
        waiting = read(false).catch(function () { return read(true); });
        waiting.catch(() => this.cache.delete(path));
        if (this.cache.size > 600) this.cache.delete(this.cache.keys().next().value);
      } else {
        this.cache.delete(path);
      }
      this.cache.set(path, waiting);
      return waiting;
    }

    json(path, tag) {
      return this.load(path, tag, unzipJson);
    }

    /** Read the manifest; `fresh` asks past caches after another build was met. */
    async open(fresh) {
      const raw = await this.fetch('m.bin', fresh);
      const manifest = await unzipJson(unseal(raw, ''));
      if (manifest.version !== 3) throw new Error('version');
      this.cache.clear();
      this.manifest = manifest;
      this.tokens = new search.Tokens(manifest.frequent, manifest.traditional);
      const ideographs = Array.from(manifest.frequent).filter(function (char) { return char > '\x7f'; });
      this.textTable = Array.from(manifest.text).concat(ideographs);
      this.own = Array.from(manifest.own, function (char) {
        const bits = char.charCodeAt(0) - FIRST;
        return bits ? 1 << bits - 1 : 0;
      });
      this.parts = (number) => Math.max(1, this._size(number) - 8);
    }

    _size(number) { return this.manifest.lengths.charCodeAt(number) - FIRST; }

    /** Length of a document in characters: to half an octave, or of its parts; beyond 18,000 it counts no further. */
    length(number) {
      const size = this._size(number);
      return size > 9 ? Math.min(18000, 2000 * (size - 8.5)) : 100 * Math.pow(2, size / 2);
    }

    lapsed(number) { return (this.manifest.classes.charCodeAt(number) - FIRST) % 2 === 1; }

    kind(number) { return this.manifest.kinds[(this.manifest.classes.charCodeAt(number) - FIRST) >> 1]; }

    /** In how many documents a character stands, roughly; 0 for those that are not frequent. */
    spread(char) {
      const index = this.tokens.frequent.get(char);
      const level = index === undefined ? 0 : this.manifest.levels.charCodeAt(index) - FIRST;
      return level ? Math.pow(2, level / 2) : 0;
    }

    path(key) {
      const rarer = Math.floor(key / PAIR);
      const own = this.own[rarer];
      if (own) return 'g/' + (rarer >> 5) + '/' + rarer + '-' + ((Math.floor(key / 2) & 0x1FFFFF) & own - 1) + '.bin';
      const number = rarer & this.manifest.shared - 1;
      return 'g/b' + (number >> 8) + '/' + number + '.bin';
    }

    /** The shards a key needs: path, tag and how to decode. */
    places(key, single) {
      const m = this.manifest;
      const rarer = Math.floor(key / PAIR);
      const found = [];
      if (m.baseCount) {
        const path = single ? 'u/' + (rarer & m.characters - 1) + '.bin' : this.path(key);
        found.push({ path: m.base + '/' + path, tag: m.base, cap: m.cap, shift: 0 });
      }
      if (m.count > m.baseCount) {
        const path = single ? 'd/u/' + (rarer & m.deltaCharacters - 1) : 'd/g/b0/' + (rarer & m.deltaShared - 1);
        found.push({ path: path + '.bin', tag: m.delta, cap: m.deltaCap, shift: m.baseCount, zip: true });
      }
      return found;
    }

    /** Postings of a key over both segments. */
    async list(key, single) {
      const lists = await Promise.all(this.places(key, single).map(async (place) => {
        const shard = await this.load(place.path, place.tag, async function (bytes) { return new Shard(place.zip ? await unzip(bytes) : bytes); });
        const entry = shard.lists.get(key);
        if (!entry) return null;
        if (!entry.list) {
          entry.list = decodeList(shard.bytes, entry, place.cap, single ? null : this.parts, place.shift);
        }
        return entry.list;
      }));
      return joined(lists.filter(Boolean));
    }

    /** Title, metadata and passages of one part of a document. */
    part(number, part) {
      const m = this.manifest;
      let name = m.names[number - m.baseCount];
      let stem = 'd/t/' + name;
      if (!name) {
        let block = m.starts.length - 1;
        while (m.starts[block] > number) block--;
        name = m.blocks.substr(block * 8, 8);
        stem = 't/' + name + '/' + (number - m.starts[block]);
      }
      return this.load(stem + (part ? '-' + part : '') + '.z', name, async (bytes) => {
        const fields = decodeText(await unzip(bytes), this.textTable).split('\x01');
        return {
          id: fields[0], url: fields[1], title: fields[2], kind: fields[3], kindLabel: fields[4], date: fields[5],
          documentNumber: fields[6], issuers: fields[7], validity: fields[8], lapsed: fields[9] === '1',
          answer: fields[10] ? JSON.parse(fields[10]) : null,
          parts: Number(fields[11]),
          extra: fields[12] ? fields[12].split('\x02') : [],
          sections: fields.slice(13).map(function (field) {
            const cells = field.split('\x03');
            return { anchor: cells[0], heading: cells[1], text: cells[2] };
          }),
        };
      });
    }

    /** A facet column: values and each document's value numbers. */
    column(name) { return this.json('c/' + name + '.bin', this.manifest.all); }
  }

  function joined(lists) {
    const glue = function (name) { return [].concat.apply([], lists.map(function (list) { return list[name]; })); };
    return { doc: glue('doc'), part: glue('part'), tf: glue('tf') };
  }

  search.Index = Index;
})(this);
