"use strict";
/* Improvements of pages that already work. Each module gets its root element, found by data-module. */
(function (yangguang) {
  /**
   * Add a button.
   * @param {Element} root @param {string} className @param {string} label @param {(button: HTMLButtonElement) => void} action
   */
  yangguang.addButton = function (root, className, label, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.textContent = label;
    button.addEventListener("click", () => action(button));
    root.append(button);
    return button;
  };

  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");

  /** Tell screen readers, without a sign on the page. @param {string} text */
  yangguang.tell = function (text) {
    status.textContent = text;
  };

  /** Do something with the reading tools, which are fetched on first use. @param {string} method @param {*} [detail] */
  yangguang.tools = function (method, detail) {
    Promise.all([yangguang.load(yangguang.toolsUrl), yangguang.dress()])
      .then(() => yangguang.bar()[method](detail), (error) => console.error(error));
  };

  let voices = null;

  /**
   * The Chinese voices on this device, Mandarin first. Voices that send the text to somebody's server do not
   * count. The list comes late in some browsers, and never in some.
   * @returns {Promise<SpeechSynthesisVoice[]>}
   */
  yangguang.voices = function () {
    if (voices) return voices;
    const speech = window.speechSynthesis;
    const foreign = (voice) => /^zh[-_](cn|hans)|^cmn/i.test(voice.lang) ? 0 : 1;
    const found = () => speech.getVoices()
      .filter((voice) => voice.localService && /^(zh|cmn|yue)/i.test(voice.lang))
      .sort((one, other) => foreign(one) - foreign(other));
    voices = new Promise((resolve) => {
      if (!speech || !window.SpeechSynthesisUtterance) resolve([]);
      else if (speech.getVoices().length) resolve(found());
      else {
        speech.onvoiceschanged = () => resolve(found());
        setTimeout(() => resolve(found()), 2000);
      }
    });
    return voices;
  };
  yangguang.NO_VOICE = "这台设备没有中文语音，不能朗读";

  /** Read this page aloud, or stop; a button that was greyed only says why. @param {HTMLButtonElement} button */
  yangguang.readAloud = function (button) {
    if (button.getAttribute("aria-disabled")) yangguang.tell(yangguang.NO_VOICE);
    else yangguang.tools("readAloud", button);
  };

  const SIZES = [["", "标准"], ["125", "大"], ["150", "特大"]];

  class Tools {
    /** The row under a title: size of the letters, reading aloud, printing, copying. @param {HTMLElement} root */
    constructor(root) {
      this.root = root;
      this.addSizes();
      const aloud = yangguang.addButton(root, "tools__button", "朗读", () => yangguang.readAloud(aloud));
      yangguang.addButton(root, "tools__button", "打印", () => window.print());
      yangguang.addButton(root, "tools__button", "复制链接", (button) => this.copy(button));
      yangguang.voices().then((found) => { if (!found.length) this.refuse(aloud); });
    }

    addSizes() {
      const group = document.createElement("span");
      group.className = "tools__sizes";
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", "字号");
      for (const [size, label] of SIZES) {
        const button = yangguang.addButton(group, "tools__button", label, () => {
          yangguang.prefer("size", size);
          yangguang.tell("字号：" + label);
        });
        const mark = () => {
          button.setAttribute("aria-pressed", String((yangguang.preferences.size || "") === size));
        };
        document.addEventListener("preference", mark);
        mark();
      }
      this.root.append(group);
    }

    /** Grey a button, with the reason beside it. @param {HTMLButtonElement} button */
    refuse(button) {
      const reason = document.createElement("span");
      reason.className = "tools__reason";
      reason.id = "tools-reason";
      reason.textContent = yangguang.NO_VOICE;
      this.root.append(reason);
      button.setAttribute("aria-disabled", "true");
      button.setAttribute("aria-describedby", reason.id);
    }

    /** @param {HTMLButtonElement} button */
    copy(button) {
      const address = location.href;
      const done = () => {
        button.textContent = "已复制";
        yangguang.tell("本页链接已复制");
        setTimeout(() => { button.textContent = "复制链接"; }, 3000);
      };
      if (navigator.clipboard) {
        navigator.clipboard.writeText(address).then(done, () => copyBySelection(address) && done());
      } else if (copyBySelection(address)) {
        done();
      }
    }
  }

  class Trigger {
    /** The button in the head of the page that opens the bar of reading tools. @param {HTMLElement} root */
    constructor(root) {
      const button = yangguang.addButton(root, "masthead__trigger", "阅读工具", () => yangguang.tools("toggle", button));
      const mark = () => button.setAttribute("aria-expanded", String(Boolean(yangguang.preferences.bar)));
      document.addEventListener("preference", mark);
      mark();
    }
  }

  /* All shortcuts take Alt and Shift with another key, and can be switched off (WCAG 2.1.4). */
  const SHORTCUTS = /^(Digit0|Equal|Minus|Numpad(Add|Subtract)|Key[ABCEHLMRSTX])$/;
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (yangguang.preferences.keys === "off" || !SHORTCUTS.test(event.code)) return;
    event.preventDefault();
    yangguang.tools("press", event.code);
  });

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

  yangguang.modules = Object.assign(yangguang.modules || {}, {
    tools: Tools, reading: Trigger, deadline: Deadline, contents: Contents,
  });

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

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(status);
    yangguang.start();
    if (yangguang.preferences.bar) yangguang.tools("open");
  });
})((window.yangguang = window.yangguang || {}));
