"use strict";
/*
 * On the search page of the edition in traditional characters, with hant-words.js one file: what the search writes
 * is converted as it appears, by the same words as the pages (generator/traditional.py). Addresses stay.
 */
(function (yangguang) {
  const words = yangguang.hantWords;
  const NUMBER = "[\\u4e00-\\u9fff]{1,12}〔\\d{4}〕\\d+号";
  const BLOCKS = "p, h1, h2, h3, li, dt, dd, button, label, summary, blockquote";
  const characters = new Map();
  const phrases = new Map();
  let longest = 1;

  function learn(phrase, converted) {
    phrases.set(phrase, converted);
    longest = Math.max(longest, phrase.length);
  }

  for (let i = 0; i < words.characters.length; i += 2) characters.set(words.characters[i], words.characters[i + 1]);
  for (const line of words.others) {
    const group = line.split(" ");
    const [from, to] = group[0];
    for (const phrase of group.slice(1)) learn(phrase, Array.from(phrase, (char) => (char === from ? to : one(char))).join(""));
  }
  for (const pair of words.phrases.split(" ")) learn(pair.slice(0, pair.length / 2), pair.slice(pair.length / 2));

  function one(char) {
    return characters.get(char) || char;
  }

  /** Convert by the longest phrase at each place, else by character. @param {string} text */
  function convert(text) {
    let out = "";
    for (let at = 0; at < text.length;) {
      let length = Math.min(longest, text.length - at);
      while (length > 1 && !phrases.has(text.substr(at, length))) length -= 1;
      out += length > 1 ? phrases.get(text.substr(at, length)) : one(text[at]);
      at += Math.max(1, length);
    }
    return out;
  }

  class Traditional {
    /** @param {HTMLElement} root data-exceptions: words that stay, or word=what to write, of the same length */
    constructor(root) {
      this.written = new WeakMap();
      this.kept = new Map();
      for (const entry of root.dataset.exceptions.split("|").filter(Boolean)) {
        const [word, instead] = entry.replace("＝", "=").split("=").map((part) => part.trim());
        if (!instead || instead.length === word.length) this.kept.set(word, instead || word);
      }
      const escaped = [...this.kept.keys()].sort((one, other) => other.length - one.length)
        .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      this.pattern = new RegExp([...escaped, NUMBER].join("|"), "g");
      const main = document.querySelector("main");
      new MutationObserver((changes) => this.follow(changes)).observe(main, { childList: true, characterData: true, subtree: true });
      const search = document.getElementById("search");
      this.all(search);
    }

    follow(changes) {
      for (const change of changes) {
        if (change.type === "characterData") this.block(change.target);
        for (const node of change.addedNodes) this.all(node);
      }
    }

    /** @param {Node} node with all that is in it */
    all(node) {
      if (node.nodeType === 3) this.block(node);
      if (node.nodeType !== 1) return;
      for (const item of [node, ...node.querySelectorAll("[aria-label]")]) {
        const label = item.getAttribute("aria-label");
        if (label) item.setAttribute("aria-label", this.text(label));
      }
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) this.block(walker.currentNode);
    }

    /** Convert the block round a text as a whole: marks of what was found stand in the middle of words. @param {Text} node */
    block(node) {
      if (this.written.get(node) && this.written.get(node).to === node.data) return;
      const root = node.parentElement && (node.parentElement.closest(BLOCKS) || node.parentElement);
      if (!root) return;
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      const before = nodes.map((each) => {
        const known = this.written.get(each);
        return known && known.to === each.data ? known.from : each.data;
      });
      const text = this.text(before.join(""));
      let at = 0;
      nodes.forEach((each, index) => {
        const to = text.substr(at, before[index].length);
        at += before[index].length;
        this.written.set(each, { from: before[index], to: to });
        if (each.data !== to) each.data = to;
      });
    }

    /** @param {string} text @returns {string} of the same length */
    text(text) {
      let out = "";
      let end = 0;
      text.replace(this.pattern, (word, at) => {
        out += convert(text.slice(end, at)) + (this.kept.get(word) || word);
        end = at + word.length;
        return word;
      });
      return out + convert(text.slice(end));
    }
  }
  yangguang.modules.hant = Traditional;
})(window.yangguang);
