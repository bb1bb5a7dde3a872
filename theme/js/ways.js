"use strict";
/* On the search page: who types one of the words for an edition of the site (长辈版, 大字) is shown the way to it. */
(function (yangguang) {
  class Ways {
    /** @param {HTMLElement} root hidden; data-words: names (…版, …模式) count anywhere, others only by themselves */
    constructor(root) {
      this.root = root;
      this.words = root.dataset.words.split(" ");
      this.query = null;
      const look = () => this.look(new URLSearchParams(location.search).get("q") || "");
      new MutationObserver(look).observe(document.getElementById("search"), { childList: true, subtree: true });
      addEventListener("popstate", look);
      look();
    }

    /** @param {string} query */
    look(query) {
      if (query === this.query) return;
      this.query = query;
      const text = query.replace(/[\s“”"？?]/g, "");
      const asked = this.words.some((word) => (/[版式]$/.test(word) ? text.includes(word) : text === word));
      if (asked && this.root.hidden) yangguang.tell(this.root.querySelector("h2").textContent);
      this.root.hidden = !asked;
    }
  }
  yangguang.modules.ways = Ways;
})(window.yangguang);
