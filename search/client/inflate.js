/**
 * Inflate and UTF-8 for browsers without DecompressionStream and for engines without either.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;

  /** Inflate a zlib stream; the checksum outside makes its own redundant. */
  function inflate(source) {
    let out = new Uint8Array(source.length * 4 + 64);
    let length = 0;
    let at = 2;
    let held = 0;
    let count = 0;
    const bits = function (need) {
      while (count < need) { held |= source[at++] << count; count += 8; }
      const value = held & ((1 << need) - 1);
      held >>>= need;
      count -= need;
      return value;
    };
    const room = function (need) {
      if (length + need <= out.length) return;
      const larger = new Uint8Array(Math.max(out.length * 2, length + need));
      larger.set(out);
      out = larger;
    };
    const tree = function (lengths) {
      const counts = new Uint16Array(16);
      const next = new Uint16Array(16);
      const symbols = new Uint16Array(lengths.length);
      lengths.forEach(function (each) { if (each) counts[each]++; });
      for (let i = 1; i < 15; i++) next[i + 1] = next[i] + counts[i];
      lengths.forEach(function (each, symbol) { if (each) symbols[next[each]++] = symbol; });
      return { counts: counts, symbols: symbols };
    };
    const symbol = function (table) {
      let code = 0;
      let first = 0;
      let index = 0;
      for (let size = 1; size < 16; size++) {
        code |= bits(1);
        const here = table.counts[size];
        if (code - here < first) return table.symbols[index + code - first];
        index += here;
        first = (first + here) << 1;
        code <<= 1;
      }
      throw new Error('inflate');
    };
    let last = false;
    while (!last) {
      last = Boolean(bits(1));
      const type = bits(2);
      if (type === 0) {
        held = count = 0;
        const size = source[at] | source[at + 1] << 8;
        room(size);
        out.set(source.subarray(at + 4, at + 4 + size), length);
        at += 4 + size;
        length += size;
        continue;
      }
      const trees = type === 1 ? fixedTrees(tree) : dynamicTrees(tree, bits, symbol);
      for (let value = symbol(trees[0]); value !== 256; value = symbol(trees[0])) {
        if (value < 256) {
          room(1);
          out[length++] = value;
          continue;
        }
        const size = LENGTH_BASE[value - 257] + bits(LENGTH_BITS[value - 257]);
        const where = symbol(trees[1]);
        const back = DISTANCE_BASE[where] + bits(DISTANCE_BITS[where]);
        room(size);
        for (let i = 0; i < size; i++, length++) out[length] = out[length - back];
      }
    }
    return out.subarray(0, length);
  }

  const LENGTH_BITS = Array.from('00000000111122223333444455550', Number);
  const DISTANCE_BITS = Array.from({ length: 30 }, function (_, i) { return i < 4 ? 0 : (i >> 1) - 1; });
  const LENGTH_BASE = bases(3, LENGTH_BITS, 28).concat(258);
  const DISTANCE_BASE = bases(1, DISTANCE_BITS, 30);

  function bases(first, extra, count) {
    const out = [];
    for (let i = 0; i < count; i++) { out.push(first); first += 1 << extra[i]; }
    return out;
  }

  function fixedTrees(tree) {
    const lengths = new Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
    return [tree(lengths), tree(new Array(30).fill(5))];
  }

  function dynamicTrees(tree, bits, symbol) {
    const literals = bits(5) + 257;
    const distances = bits(5) + 1;
    const total = bits(4) + 4;
    const sizes = new Array(19).fill(0);
    for (let i = 0; i < total; i++) sizes[[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15][i]] = bits(3);
    const codes = tree(sizes);
    const lengths = [];
    while (lengths.length < literals + distances) {
      const value = symbol(codes);
      if (value < 16) { lengths.push(value); continue; }
      const repeated = value === 16 ? lengths[lengths.length - 1] : 0;
      let times = value === 16 ? 3 + bits(2) : value === 17 ? 3 + bits(3) : 11 + bits(7);
      while (times--) lengths.push(repeated);
    }
    return [tree(lengths.slice(0, literals)), tree(lengths.slice(literals))];
  }

  /** UTF-8 bytes to text, for JSON files; without TextDecoder, which not every engine has. */
  function utf8(bytes) {
    let out = '';
    for (let i = 0; i < bytes.length;) {
      const lead = bytes[i++];
      let code = lead;
      if (lead >= 240) code = (lead & 7) << 18 | (bytes[i++] & 63) << 12 | (bytes[i++] & 63) << 6 | bytes[i++] & 63;
      else if (lead >= 224) code = (lead & 15) << 12 | (bytes[i++] & 63) << 6 | bytes[i++] & 63;
      else if (lead >= 192) code = (lead & 31) << 6 | bytes[i++] & 63;
      out += String.fromCodePoint(code);
    }
    return out;
  }

  search.inflate = inflate;
  search.utf8 = utf8;
})(this);
