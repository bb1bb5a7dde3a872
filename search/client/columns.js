/**
 * Facets: filtering documents and counting them by the columns of the index (FORMAT.md section 8).
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;
  const FIELDS = ['kind', 'issuer', 'subject', 'year', 'validity'];

  /** Which documents have one of the wanted values in each filtered field, as a test of their number. */
  search.filter = async function (index, filters) {
    const tests = await Promise.all(Object.keys(filters).map(async function (field) {
      const wanted = new Set([].concat(filters[field]));
      if (field === 'kind') return function (document) { return index.kind(document).some(function (name) { return wanted.has(name); }); };
      const column = await index.column(field);
      return function (document) {
        return [].concat(column[1][document]).some(function (number) { return wanted.has(column[0][number]); });
      };
    }));
    return function (document) { return tests.every(function (test) { return test(document); }); };
  };

  /** Values of each field with their counts among a session's matches, each field under the filters of the others. */
  search.facets = async function (session) {
    const index = session.index;
    const filters = session.options.filters || {};
    const refuted = new Set(session.refuted);
    const documents = (session.found.length ? session.found : session.foundOthers)
      .filter(function (document) { return !refuted.has(document); });
    const fields = {};
    await Promise.all(FIELDS.map(async function (field) {
      const rest = Object.assign({}, filters);
      delete rest[field];
      const passes = await search.filter(index, rest);
      const column = field === 'kind' ? null : await index.column(field);
      const counts = new Map();
      for (const document of documents.filter(passes)) {
        const values = column ? [].concat(column[1][document]).map(function (number) { return column[0][number]; }) : [index.kind(document)[1]];
        for (const value of values) if (value) counts.set(value, (counts.get(value) || 0) + 1);
      }
      for (const value of [].concat(filters[field] || [])) if (!counts.has(value)) counts.set(value, 0);
      fields[field] = Array.from(counts).sort(function (one, other) {
        return field === 'year' ? (one[0] < other[0] ? 1 : -1) : other[1] - one[1] || (one[0] < other[0] ? -1 : 1);
      });
    }));
    return { exact: session.certain || !session.waiting.length, fields: fields };
  };
})(this);
