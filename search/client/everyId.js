/**
 * The ids of all that matches.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;

  /** Ids in the order of numbers; reads the text of those that the lists alone do not prove. */
  search.everyId = async function (session) {
    let documents = session.candidates.slice();
    if (!session.certain) {
      const settled = new Set(session.hits.concat(session.related).map(function (hit) { return hit.number; }));
      const rest = documents.filter(function (document) { return !settled.has(document); });
      documents = session.hits.map(function (hit) { return hit.number; }).concat(await session.matching(rest));
    }
    const ids = await session.index.json('c/id.bin', session.index.manifest.all);
    return documents.sort(function (one, other) { return one - other; }).map(function (document) { return ids[document]; });
  };
})(this);
