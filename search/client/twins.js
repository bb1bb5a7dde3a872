/**
 * Asking the same in the words that mean the same.
 */
(function (root) {
  'use strict';
  const search = root.yangguang.search;

  /** Start a session for each other wording of a session's query that has candidates. */
  search.twins = async function (session, Session) {
    const options = session.options;
    for (const other of search.otherWords(session.typed, session.index)) {
      const twin = new Session(session.engine, other.text, { literal: true, sort: options.sort, filters: options.filters });
      await twin.start();
      session.lost += twin.lost;
      if (!twin.candidates.length) continue;
      session.twins.push(twin);
      session.synonyms.push([other.from, other.to]);
    }
  };

  /** Settle so many hits of the other wordings that are none of the session's own. */
  search.settleTwins = async function (session, until) {
    const own = new Set(session.found);
    for (const twin of session.twins) {
      if (session.alike.length >= until) return;
      await twin.settle(until + session.hits.length);
      for (const hit of twin.hits) {
        if (own.has(hit.number) || session.alike.some(function (each) { return each.number === hit.number; })) continue;
        session.alike.push(Object.assign(hit, { exact: false, synonym: true }));
      }
    }
  };
})(this);
