"use strict";
/* What follows the pointer and the keyboard: pointing-read (指读), large captions (大字幕), cross-hair (十字光标). */
(function (yangguang) {
  const element = yangguang.element;
  const BLOCKS = "a, button, summary, label, input, select, p, h1, h2, h3, h4, h5, h6, dt, dd, td, th, caption, figcaption, li, img, [role=img], time";
  const OWN = ".reading, .dock, [aria-hidden=true]";

  /** Whether an element is to be seen: what is folded has its boxes, but nobody sees it. @param {Element} item */
  yangguang.isShown = function (item) {
    return item.checkVisibility ? item.checkVisibility() : item.getClientRects().length > 0;
  };

  /** The text nodes of an element that are to be read: shown, and not hidden from screen readers. */
  yangguang.textNodes = function (block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent.closest("[aria-hidden=true], script, style, noscript") && yangguang.isShown(parent)) found.push(walker.currentNode);
    }
    return found;
  };

  /** What is said of an element: its label, else its title, else its alternative, else its text. */
  yangguang.textOf = function (block) {
    const named = block.getAttribute("aria-label") || block.getAttribute("title") || block.getAttribute("alt");
    if (named) return named.trim();
    if (block.matches("input, select")) {
      const label = block.labels && block.labels[0];
      return ((label ? label.textContent + "，" : "") + (block.value || block.placeholder || "")).trim();
    }
    const title = block.querySelector("title");
    if (title && block.matches("[role=img]")) return title.textContent.trim();
    return yangguang.textNodes(block).map((node) => node.data).join("").replace(/\s+/g, " ").trim();
  };

  /** The element to read where the pointer is: the nearest that is read as a whole and not a box of such. */
  function blockAt(target) {
    if (!target.closest || target.closest(OWN)) return null;
    const block = target.closest(BLOCKS);
    if (!block || !document.body.contains(block)) return null;
    return block.matches("li, td, dd") && block.querySelector("p, ul, ol, dl, h2, h3, h4") ? null : block;
  }

  let marked = null;

  /** Mark the element that is being read; nothing unmarks. @param {?HTMLElement} block */
  yangguang.markBlock = function (block) {
    if (marked) marked.classList.remove("said");
    marked = block;
    if (block) block.classList.add("said");
  };

  /** The strip at the foot of the window that holds captions and the controls of reading aloud. */
  class Dock {
    constructor() {
      this.root = element("section", "dock");
      this.root.setAttribute("aria-label", "朗读和大字幕");
    }

    /** @param {HTMLElement} part @param {boolean} shown */
    show(part, shown) {
      if (shown) this.root.append(part);
      else part.remove();
      if (this.root.children.length) document.body.append(this.root);
      else this.root.remove();
      this.measure();
    }

    /** The page scrolls on past the dock, so that it never hides what has the focus (WCAG 2.4.11). */
    measure() {
      const height = this.root.isConnected ? Math.ceil(this.root.getBoundingClientRect().height) : 0;
      document.documentElement.style.setProperty("--dock", height + "px");
    }
  }
  yangguang.dock = new Dock();
  addEventListener("resize", () => yangguang.dock.measure());

  class Captions {
    constructor() {
      this.root = element("div", "captions");
      this.text = element("p", "captions__text");
      this.text.setAttribute("aria-hidden", "true");
      this.root.append(this.text);
      yangguang.addButton(this.root, "captions__close", "关闭大字幕", () => {
        yangguang.prefer("captions", "");
        yangguang.tell("大字幕已关闭");
      });
      this.isOn = false;
    }

    set(isOn) {
      if (isOn === this.isOn) return;
      this.isOn = isOn;
      this.write("指到哪里，这里就显示哪里的字");
      yangguang.dock.show(this.root, isOn);
    }

    /** @param {string} text */
    write(text) {
      this.text.textContent = text;
      this.text.scrollTop = 0;
    }
  }
  yangguang.captions = new Captions();

  const DELAY = 200;

  class Pointing {
    constructor() {
      this.isReading = false;
      this.timer = 0;
      this.block = null;
      this.notice = (event) => this.wait(event.target);
    }

    /** @param {boolean} isReading aloud @param {boolean} isCaptioned */
    set(isReading, isCaptioned) {
      this.isReading = isReading;
      yangguang.captions.set(isCaptioned);
      for (const type of ["mouseover", "focusin"]) {
        document.removeEventListener(type, this.notice);
        if (isReading || isCaptioned) document.addEventListener(type, this.notice);
      }
      if (!isReading && !yangguang.speech.isReading) {
        if (this.block) yangguang.speech.hush();
        yangguang.markBlock(null);
        this.block = null;
      }
    }

    /** A pointer that only passes is not answered. @param {EventTarget} target */
    wait(target) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.point(blockAt(target)), DELAY);
    }

    /** @param {?HTMLElement} block */
    point(block) {
      if (!block || block === this.block || yangguang.speech.isReading) return;
      const text = yangguang.textOf(block);
      if (!text) return;
      this.block = block;
      yangguang.captions.write(text);
      yangguang.markBlock(block);
      if (this.isReading) yangguang.speech.say(text);
    }
  }
  yangguang.pointing = new Pointing();

  class Cross {
    constructor() {
      this.lines = [element("div", "cross cross--level"), element("div", "cross cross--upright")];
      for (const line of this.lines) line.setAttribute("aria-hidden", "true");
      this.follow = (event) => this.place(event.clientX, event.clientY);
      this.centre = (event) => {
        const box = event.target.getBoundingClientRect();
        this.place(box.left + box.width / 2, box.top + box.height / 2);
      };
      this.isOn = false;
    }

    set(isOn) {
      if (isOn === this.isOn) return;
      this.isOn = isOn;
      const change = isOn ? "addEventListener" : "removeEventListener";
      document[change]("mousemove", this.follow);
      document[change]("focusin", this.centre);
      if (isOn) document.body.append(...this.lines);
      else for (const line of this.lines) line.remove();
      this.place(innerWidth / 2, innerHeight / 2);
    }

    place(x, y) {
      this.lines[0].style.transform = "translateY(" + Math.round(y) + "px)";
      this.lines[1].style.transform = "translateX(" + Math.round(x) + "px)";
    }
  }
  yangguang.cross = new Cross();
})(window.yangguang);
