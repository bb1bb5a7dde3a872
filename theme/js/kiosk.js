"use strict";
/* A terminal that everyone uses: it returns home when left alone, and no link leads out of it. */
(function () {
  const KEY = "yangguang.1.elder";
  const root = document.documentElement;
  const body = document.body;

  /** @param {string} text @param {string} name @param {() => void} action */
  function makeButton(text, name, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.textContent = text;
    button.addEventListener("click", action);
    return button;
  }

  function forget() {
    try {
      sessionStorage.clear();
    } catch (error) {
      /* There is nothing to forget. */
    }
  }

  function goHome() {
    forget();
    location.replace(body.dataset.home);
  }

  /** Warns before it returns home, and gives as much time as is asked for (WCAG 2.2.1). */
  class Idle {
    constructor() {
      this.idle = Number(body.dataset.idle) * 1000;
      this.warning = Number(body.dataset.warning);
      this.timer = 0;
      for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) {
        addEventListener(name, () => this.dialog || this.wait(), { passive: true });
      }
      this.wait();
    }

    wait() {
      clearTimeout(this.timer);
      if (this.idle) this.timer = setTimeout(() => this.warn(this.warning), this.idle);
    }

    /** @param {number} left seconds */
    warn(left) {
      this.before = document.activeElement;
      this.dialog = document.createElement("section");
      this.dialog.className = "idle";
      this.dialog.setAttribute("role", "alertdialog");
      this.dialog.setAttribute("aria-modal", "true");
      this.dialog.setAttribute("aria-labelledby", "idle-title");
      const title = document.createElement("h2");
      title.className = "idle__title";
      title.id = "idle-title";
      title.textContent = "您还在看吗？";
      this.words = document.createElement("p");
      this.words.className = "idle__words";
      const stay = makeButton("继续看", "idle__button idle__button--main", () => this.stay());
      this.dialog.append(title, this.words, stay, makeButton("回首页", "idle__button", goHome));
      this.dialog.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.stay();
        if (event.key === "Tab") {
          event.preventDefault();
          (document.activeElement === stay ? this.dialog.lastChild : stay).focus();
        }
      });
      const veil = document.createElement("div");
      veil.className = "veil";
      veil.append(this.dialog);
      body.append(veil);
      stay.focus();
      this.count(left);
    }

    /** @param {number} left seconds */
    count(left) {
      if (left <= 0) {
        goHome();
        return;
      }
      this.words.textContent = left + " 秒后回到首页。";
      this.timer = setTimeout(() => this.count(left - 1), 1000);
    }

    stay() {
      this.dialog.parentElement.remove();
      this.dialog = null;
      if (this.before) this.before.focus();
      this.wait();
    }
  }

  /** Letters on the screen, for suggestions by the initials of pinyin and for document numbers. */
  class Keyboard {
    /** @param {HTMLInputElement} input */
    constructor(input) {
      this.input = input;
      const board = document.createElement("div");
      board.className = "board";
      board.setAttribute("role", "group");
      board.setAttribute("aria-label", "屏幕键盘");
      for (const letter of "1234567890qwertyuiopasdfghjklzxcvbnm") {
        board.append(this.key(letter.toUpperCase(), () => this.set(input.value + letter)));
      }
      board.append(this.key("删除", () => this.set(input.value.slice(0, -1))));
      board.append(this.key("清空", () => this.set("")));
      const hint = document.createElement("p");
      hint.className = "board__hint";
      hint.textContent = "按拼音首字母点，例如“医保报销”点 Y B B X，再点下面列出的词。";
      input.form.before(hint, board);
      const results = document.querySelector("#search");
      new MutationObserver(() => {
        if (results.querySelector(".search-result")) results.scrollIntoView();
      }).observe(results, { childList: true, subtree: true });
    }

    /** @param {string} text @param {() => void} action */
    key(text, action) {
      const key = makeButton(text, text.length > 1 ? "board__key board__key--wide" : "board__key", action);
      // The field keeps the focus, on which its suggestions depend.
      key.addEventListener("mousedown", (event) => event.preventDefault());
      return key;
    }

    /** @param {string} text */
    set(text) {
      this.input.focus();
      this.input.value = text;
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** What a page made by scripts may still hold: addresses elsewhere, files and telephone numbers. */
  function stayInside(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    const inside = link.protocol === location.protocol && link.host === location.host;
    if (!inside || !/\.html$/.test(link.pathname)) event.preventDefault();
  }

  function addKeys(list) {
    const add = (text, action) => {
      const item = document.createElement("li");
      item.className = "keys__item";
      const button = makeButton(text, "keys__key", action);
      item.append(button);
      list.insertBefore(item, list.lastElementChild);
      return button;
    };
    const large = add("大字", () => {
      const on = root.getAttribute("data-elder") !== "30";
      if (on) root.setAttribute("data-elder", "30");
      else root.removeAttribute("data-elder");
      large.setAttribute("aria-pressed", String(on));
      try {
        if (on) sessionStorage.setItem(KEY, "30");
        else sessionStorage.removeItem(KEY);
      } catch (error) {
        /* It holds for this page. */
      }
    });
    large.setAttribute("aria-pressed", String(root.getAttribute("data-elder") === "30"));
    add("打印", () => window.print());
    const back = document.querySelector("[data-key='back']");
    back.addEventListener("click", (event) => {
      if (history.length > 1) {
        event.preventDefault();
        history.back();
      }
    });
  }

  document.addEventListener("click", stayInside, true);
  document.addEventListener("DOMContentLoaded", () => {
    addKeys(document.querySelector(".keys__list"));
    const field = document.querySelector("#search") && document.querySelector("#q");
    if (field) new Keyboard(field);
    new Idle();
  });
})();
