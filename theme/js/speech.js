"use strict";
/*
 * Reading aloud (朗读) with the voices of the device, paragraph by paragraph. Pausing stops the voice and goes on
 * with the same sentence later: browsers on phones cannot hold a sentence in the middle.
 */
(function (yangguang) {
  const element = yangguang.element;
  const RATES = ["0.75", "1", "1.25", "1.5"];
  const LONGEST = 120;
  const PARAGRAPHS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, tr, caption, figcaption, summary";
  /* What is not part of the matter; the metadata of an official document is left out as it is on paper. */
  const SKIPPED = "nav, aside, form, .tools, .hidden, [aria-hidden=true], [role=status], .document--policy .facts, .document--regulation .facts";

  /** What is read on this page, in order. @returns {HTMLElement[]} */
  function paragraphs() {
    const root = document.querySelector("main article") || document.querySelector("main");
    return [...root.querySelectorAll(PARAGRAPHS)].filter((item) =>
      yangguang.isShown(item) && !item.closest(SKIPPED) && !item.querySelector(PARAGRAPHS)
      && !(item.tagName !== "TR" && item.closest("td, th")) && yangguang.textOf(item));
  }

  /**
   * Cut a text into what is said in one breath: sentences, and long ones at their commas.
   * @param {string} text @returns {{start: number, end: number}[]}
   */
  yangguang.sentences = function (text) {
    const found = [];
    const cut = (start, end) => {
      if (text.slice(start, end).trim()) found.push({ start: start, end: end });
    };
    for (const match of matches(/[^。！？；!?;]+(?:[。！？；!?;]+[”’）》〕]*)?/g, text)) {
      let start = match.index;
      const end = start + match[0].length;
      while (end - start > LONGEST) {
        const comma = Math.max(...["，", "、", "：", ","].map((mark) => text.lastIndexOf(mark, start + LONGEST - 1)));
        const next = comma > start ? comma + 1 : start + LONGEST;
        cut(start, next);
        start = next;
      }
      cut(start, end);
    }
    return found;
  };

  function matches(pattern, text) {
    const found = [];
    let match = pattern.exec(text);
    while (match) {
      found.push(match);
      match = pattern.exec(text);
    }
    return found;
  }

  /** The text of a paragraph with where each part stands in the page, to mark the sentence being said. */
  class Passage {
    /** @param {HTMLElement} block */
    constructor(block) {
      this.block = block;
      this.nodes = yangguang.textNodes(block);
      this.starts = [];
      this.text = "";
      let cell = null;
      for (const node of this.nodes) {
        const inside = node.parentElement.closest("td, th");
        if (cell && inside !== cell && this.text) this.text += "，";
        cell = inside;
        this.starts.push(this.text.length);
        this.text += node.data;
      }
      this.sentences = yangguang.sentences(this.text);
    }

    words({ start, end }) {
      return this.text.slice(start, end).replace(/\s+/g, " ").trim();
    }

    /** @returns {Range} */
    range({ start, end }) {
      const range = document.createRange();
      const point = (offset) => {
        let index = this.starts.length - 1;
        while (index > 0 && this.starts[index] > offset) index -= 1;
        return [this.nodes[index], Math.min(offset - this.starts[index], this.nodes[index].data.length)];
      };
      range.setStart(...point(start));
      range.setEnd(...point(end - 1));
      if (range.endOffset < range.endContainer.data.length) range.setEnd(range.endContainer, range.endOffset + 1);
      return range;
    }
  }

  class Speech {
    constructor() {
      this.engine = window.speechSynthesis;
      this.isReading = false;
      this.isPaused = false;
      this.turn = 0;
      this.controls = null;
      addEventListener("pagehide", () => this.hush());
    }

    // --- one text -----------------------------------------------------------------------------------

    /** Say a text at once, instead of what is being said. @param {string} text @param {() => void} [then] */
    say(text, then) {
      this.hush();
      const turn = this.turn;
      yangguang.voices().then((found) => {
        if (turn !== this.turn || !found.length) return;
        // Kept in a field: some browsers lose the events of an utterance that nothing holds.
        this.utterance = new SpeechSynthesisUtterance(text);
        this.utterance.voice = found[0];
        this.utterance.lang = found[0].lang;
        this.utterance.rate = Number(this.rate);
        this.utterance.onend = () => { if (turn === this.turn && then) then(); };
        this.utterance.onerror = (event) => { if (turn === this.turn) this.fail(event.error); };
        this.engine.speak(this.utterance);
      });
    }

    /** Be silent. */
    hush() {
      this.turn += 1;
      if (this.engine) this.engine.cancel();
    }

    fail(reason) {
      this.stop();
      yangguang.tell(reason === "not-allowed" ? "浏览器不让自动出声，请再按一次朗读" : "朗读中断，请再按一次朗读");
    }

    get rate() {
      return RATES.includes(yangguang.preferences.rate) ? yangguang.preferences.rate : "1";
    }

    // --- the whole page -----------------------------------------------------------------------------

    /** @param {HTMLElement} [invoker] where the focus returns when the reading ends */
    toggle(invoker) {
      if (this.isReading) this.stop();
      else this.start(invoker);
    }

    /** Read on from the first paragraph in the window, or from the beginning where the page is at its top. */
    start(invoker) {
      this.list = paragraphs();
      if (!this.list.length) return;
      const first = this.list.findIndex((item) => item.getBoundingClientRect().bottom > 0);
      this.invoker = invoker;
      this.index = scrollY > innerHeight / 2 && first > 0 ? first : 0;
      this.sentence = 0;
      this.isReading = true;
      this.isPaused = false;
      this.showControls();
      yangguang.tell("开始朗读");
      this.read();
    }

    read() {
      if (!this.passage || this.passage.block !== this.list[this.index]) this.passage = new Passage(this.list[this.index]);
      const sentence = this.passage.sentences[this.sentence];
      if (!sentence) {
        this.next();
        return;
      }
      this.show(sentence);
      this.say(this.passage.words(sentence), () => { this.sentence += 1; this.read(); });
    }

    next() {
      if (this.index + 1 < this.list.length) this.skip(1);
      else {
        this.stop();
        yangguang.tell("朗读完毕");
      }
    }

    /** @param {number} step in paragraphs */
    skip(step) {
      this.index = Math.min(this.list.length - 1, Math.max(0, this.index + step));
      this.sentence = 0;
      if (this.isPaused) this.pause();
      else this.read();
    }

    pause() {
      this.isPaused = !this.isPaused;
      this.controls.pause.textContent = this.isPaused ? "继续" : "暂停";
      yangguang.tell(this.isPaused ? "已暂停" : "继续朗读");
      if (this.isPaused) this.hush();
      else this.read();
    }

    stop() {
      this.hush();
      if (!this.isReading) return;
      this.isReading = false;
      this.passage = null;
      this.highlight(null);
      yangguang.markBlock(null);
      const back = this.controls.root.contains(document.activeElement);
      yangguang.dock.show(this.controls.root, false);
      if (back && this.invoker && this.invoker.isConnected) this.invoker.focus();
      yangguang.tell("朗读已停止");
      document.dispatchEvent(new CustomEvent("reading"));
    }

    /** Mark what is being said, bring it into view and write it into the captions. */
    show(sentence) {
      const block = this.passage.block;
      yangguang.markBlock(block);
      this.highlight(this.passage.range(sentence));
      yangguang.captions.write(this.passage.words(sentence));
      this.controls.place.textContent = "第 " + (this.index + 1) + " 段，共 " + this.list.length + " 段";
      const box = block.getBoundingClientRect();
      const bottom = innerHeight - yangguang.dock.root.getBoundingClientRect().height;
      if (box.top < 0 || box.bottom > bottom) block.scrollIntoView({ block: "center" });
    }

    highlight(range) {
      if (!window.CSS || !CSS.highlights) return;
      if (range) CSS.highlights.set("said", new Highlight(range));
      else CSS.highlights.delete("said");
    }

    // --- controls -----------------------------------------------------------------------------------

    showControls() {
      if (!this.controls) this.controls = this.makeControls();
      this.controls.pause.textContent = "暂停";
      yangguang.dock.show(this.controls.root, true);
      this.controls.pause.focus({ preventScroll: true });
      document.dispatchEvent(new CustomEvent("reading"));
    }

    makeControls() {
      const root = element("div", "player");
      root.setAttribute("role", "group");
      root.setAttribute("aria-label", "朗读");
      const add = (label, action) => yangguang.addButton(root, "player__button", label, action);
      const pause = add("暂停", () => this.pause());
      add("上一段", () => this.skip(-1));
      add("下一段", () => this.skip(1));
      const rate = add("语速 " + this.rate + " 倍", () => {
        yangguang.prefer("rate", RATES[(RATES.indexOf(this.rate) + 1) % RATES.length]);
        yangguang.tell("语速 " + this.rate + " 倍");
        if (!this.isPaused) this.read();
      });
      document.addEventListener("preference", () => { rate.textContent = "语速 " + this.rate + " 倍"; });
      const place = element("span", "player__place");
      root.append(place);
      add("停止", () => this.stop()).classList.add("player__stop");
      root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.stop(); });
      return { root: root, pause: pause, place: place };
    }
  }
  yangguang.speech = new Speech();
})(window.yangguang);
