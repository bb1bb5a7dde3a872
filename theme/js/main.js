"use strict";
/* Improvements of pages that already work. Each module gets its root element, found by data-module. */
(function (yangguang) {
  /** Add a button. @param {HTMLElement} root @param {string} label @param {(button: HTMLButtonElement) => void} action */
  function addButton(root, label, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tools__button";
    button.textContent = label;
    button.addEventListener("click", () => action(button));
    root.append(button);
  }

  class Tools {
    /** @param {HTMLElement} root */
    constructor(root) {
      this.status = document.createElement("span");
      this.status.className = "hidden";
      this.status.setAttribute("role", "status");
      addButton(root, "打印", () => window.print());
      addButton(root, "复制链接", (button) => this.copy(button));
      root.append(this.status);
    }

    /** @param {HTMLButtonElement} button */
    copy(button) {
      const address = location.href;
      const done = () => {
        button.textContent = "已复制";
        this.status.textContent = "本页链接已复制";
        setTimeout(() => { button.textContent = "复制链接"; }, 3000);
      };
      if (navigator.clipboard) {
        navigator.clipboard.writeText(address).then(done, () => copyBySelection(address) && done());
      } else if (copyBySelection(address)) {
        done();
      }
    }
  }

  /** For pages opened from a disk or over http, where the clipboard interface is missing. @param {string} text */
  function copyBySelection(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }

  class Deadline {
    /** Turns the state into the days left, counted in Beijing time. @param {HTMLElement} root */
    constructor(root) {
      const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
      const { opens, closes } = root.dataset;
      if (today < opens || today > closes) return;
      const day = (text) => Date.parse(text) / 864e5;
      const left = day(closes) - day(today);
      const state = root.querySelector(".deadline__state");
      state.className = "deadline__left";
      state.textContent = left ? "还剩" : "今天截止";
      if (left) {
        const number = document.createElement("span");
        number.className = "deadline__days";
        number.textContent = String(left);
        state.append(document.createElement("br"), number, " 天");
      }
      state.parentElement.classList.toggle("deadline--last", left <= 10);
      const bar = document.createElement("progress");
      bar.className = "progress__bar";
      bar.max = day(closes) - day(opens) + 1;
      bar.value = day(today) - day(opens) + 1;
      bar.setAttribute("aria-hidden", "true");
      root.querySelector("[data-bar]").append(bar);
    }
  }

  class Contents {
    /** Marks the heading that is being read. @param {HTMLElement} root */
    constructor(root) {
      if (!("IntersectionObserver" in window)) return;
      const links = new Map();
      for (const link of root.querySelectorAll("a[href^='#']")) {
        const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (target) links.set(target, link);
      }
      const targets = [...links.keys()];
      const mark = () => {
        let current = null;
        for (const target of targets) {
          if (target.getBoundingClientRect().top < innerHeight * 0.3) current = target;
        }
        for (const [target, link] of links) {
          if (target === current) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        }
      };
      const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
      for (const target of targets) observer.observe(target);
    }
  }

  const loaded = new Map();

  /**
   * Fetch a script of this site, once; for what is needed only on use. By an element, because pages opened
   * from a disk may not use fetch or import.
   * @param {string} url @returns {Promise<void>}
   */
  yangguang.load = function (url) {
    if (!loaded.has(url)) {
      loaded.set(url, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url;
        script.onload = () => resolve();
        script.onerror = () => { loaded.delete(url); script.remove(); reject(new Error(url)); };
        document.head.append(script);
      }));
    }
    return loaded.get(url);
  };

  yangguang.modules = Object.assign(yangguang.modules || {}, { tools: Tools, deadline: Deadline, contents: Contents });

  /**
   * Start every module on the page by itself, so that one failure stops nothing else. An element that names
   * its script (data-src) has it fetched first.
   */
  yangguang.start = function () {
    for (const root of document.querySelectorAll("[data-module]")) {
      const Module = yangguang.modules[root.dataset.module];
      if (root.dataset.started) continue;
      if (!Module) {
        if (root.dataset.src) fetchThenStart(root);
        continue;
      }
      root.dataset.started = "true";
      try {
        new Module(root);
      } catch (error) {
        console.error(error);
      }
    }
  };

  /** @param {HTMLElement} root */
  function fetchThenStart(root) {
    const url = root.dataset.src;
    root.removeAttribute("data-src");
    yangguang.load(url).then(yangguang.start, (error) => { root.dataset.src = url; console.error(error); });
  }

  document.addEventListener("DOMContentLoaded", yangguang.start);
})((window.yangguang = window.yangguang || {}));
