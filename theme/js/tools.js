"use strict";
/* The bar of reading tools (阅读工具), fetched when somebody opens it; with following.js and speech.js one file. */
(function (yangguang) {
  const chosen = yangguang.preferences;
  const SCHEMES = [
    ["", "默认"], ["dark", "深色"], ["ink", "白底黑字"], ["contrast", "黑底白字"], ["yellow", "黑底黄字"], ["blue", "蓝底黄字"],
  ];
  const LARGEST = 200;
  const PLACES = [
    [".menu__list a, .allmenu__summary", "导航"],
    ["main input[type=search]", "搜索框"],
    ["main h1", "正文"],
    [".contents a", "目录"],
    [".related a", "有关内容"],
    [".foot a", "页脚：电话和联系方式"],
  ];
  /* Code of the key, its name, what it does. */
  const KEYS = [
    ["KeyA", "A", "打开或关闭阅读工具", (bar) => bar.toggle()],
    ["Equal", "加号", "放大字号", (bar) => bar.zoom(10)],
    ["Minus", "减号", "缩小字号", (bar) => bar.zoom(-10)],
    ["KeyC", "C", "换一种配色", (bar) => bar.nextScheme()],
    ["KeyS", "S", "开始或停止朗读", (bar) => bar.readAloud()],
    ["KeyR", "R", "开关指读", (bar) => bar.switch("point")],
    ["KeyB", "B", "开关大字幕", (bar) => bar.switch("captions")],
    ["KeyX", "X", "开关十字光标", (bar) => bar.switch("cross")],
    ["KeyM", "M", "开关大鼠标", (bar) => bar.switch("pointer")],
    ["KeyT", "T", "开关简版", (bar) => bar.switch("layout")],
    ["KeyL", "L", "快速定位", (bar) => bar.openDrawer("places")],
    ["KeyE", "E", "长者版和普通版互换", (bar) => bar.otherEdition()],
    ["KeyH", "H", "看键盘说明", (bar) => bar.openDrawer("help")],
    ["Digit0", "0", "全部恢复默认", (bar) => bar.reset()],
  ];
  const SAME_KEY = { NumpadAdd: "Equal", NumpadSubtract: "Minus" };
  /* What is switched on and off: name of the preference, its value when on, label, whether it ends with the bar. */
  const SWITCHES = [
    ["point", "on", "指读", true],
    ["captions", "on", "大字幕", true],
    ["cross", "on", "十字光标", true],
    ["pointer", "large", "大鼠标", false],
    ["layout", "simple", "简版", false],
  ];

  /** Make an element. @param {string} tag @param {string} className @param {string} [text] @returns {HTMLElement} */
  yangguang.element = function (tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const element = yangguang.element;

  class Bar {
    constructor() {
      this.root = element("section", "reading");
      this.root.setAttribute("aria-label", "阅读工具");
      this.row = element("div", "reading__row page");
      this.row.setAttribute("role", "toolbar");
      this.row.setAttribute("aria-label", "阅读工具");
      this.drawer = element("div", "reading__drawer page");
      this.drawer.id = "reading-drawer";
      this.drawer.hidden = true;
      this.root.append(this.row, this.drawer);
      this.switches = {};
      this.fillRow();
      this.row.addEventListener("keydown", (event) => this.move(event));
      this.root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.escape(); });
      document.addEventListener("preference", (event) => {
        this.mark();
        if (event.detail !== "bar") this.measure();
      });
      addEventListener("resize", () => this.measure());
    }

    fillRow() {
      const add = (label, action) => yangguang.addButton(this.row, "reading__button", label, action);
      if (!yangguang.stepSize) this.addSizes(add);
      this.addDrawerButton("schemes", "配色");
      this.aloud = add("朗读", (button) => this.readAloud(button));
      for (const [name, , label] of SWITCHES) {
        if (name === "layout" && yangguang.stepSize) continue;
        this.switches[name] = add(label, () => this.switch(name));
        if (name === "cross" || name === "pointer") this.switches[name].classList.add("reading__mouse");
      }
      this.addDrawerButton("places", "快速定位");
      this.addDrawerButton("help", "帮助");
      add("重置", () => this.reset());
      this.exit = add("关闭", () => this.close());
      this.exit.classList.add("reading__exit");
      yangguang.voices().then((found) => { if (!found.length) this.refuseSpeech(); });
      for (const button of this.row.querySelectorAll("button")) button.tabIndex = -1;
      this.row.querySelector("button").tabIndex = 0;
    }

    /** The elder edition has its sizes in the header, and no further simple layout. */
    addSizes(add) {
      this.smaller = add("字小", () => this.zoom(-10));
      this.smaller.setAttribute("aria-label", "字小，缩小字号");
      this.size = element("span", "reading__size");
      this.row.append(this.size);
      this.larger = add("字大", () => this.zoom(10));
      this.larger.setAttribute("aria-label", "字大，放大字号");
    }

    addDrawerButton(name, label) {
      const button = yangguang.addButton(this.row, "reading__button", label, () => {
        if (button.getAttribute("aria-expanded") === "true") this.closeDrawer();
        else this.openDrawer(name);
      });
      button.dataset.drawer = name;
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-controls", this.drawer.id);
    }

    /** Without a Chinese voice on the device nothing can be read out; the help says what to do about it. */
    refuseSpeech() {
      const reason = element("p", "reading__reason", yangguang.NO_VOICE + "。装上中文语音的办法见“帮助”。");
      reason.id = "reading-reason";
      this.root.insertBefore(reason, this.drawer);
      for (const button of [this.aloud, this.switches.point]) {
        button.setAttribute("aria-disabled", "true");
        button.setAttribute("aria-describedby", reason.id);
      }
      if (chosen.point) yangguang.prefer("point", "");
      this.measure();
    }

    /** Those shown: without a mouse there are none for it. */
    buttons() {
      return [...this.row.querySelectorAll("button")].filter((button) => getComputedStyle(button).display !== "none");
    }

    // --- opening and closing ------------------------------------------------------------------------

    get isOpen() {
      return this.root.isConnected;
    }

    /** @param {HTMLElement} [trigger] where the focus goes afterwards; without it the focus stays where it is */
    open(trigger) {
      if (this.isOpen) return;
      document.body.insertBefore(this.root, document.querySelector(".skip").nextSibling);
      this.mark();
      this.measure();
      this.watch();
      if (!trigger) return;
      this.focusRow();
      yangguang.tell("阅读工具已打开，左右键选择");
    }

    /** @param {HTMLElement} [trigger] */
    toggle(trigger) {
      if (this.isOpen) this.close();
      else this.open(trigger || document.querySelector(".masthead__trigger"));
    }

    close() {
      yangguang.speech.stop();
      this.closeDrawer();
      for (const [name, , , ends] of SWITCHES) if (ends) yangguang.prefer(name, "");
      this.root.remove();
      yangguang.prefer("bar", "");
      const trigger = [...document.querySelectorAll(".masthead__trigger")].find((item) => item.offsetWidth);
      if (trigger) trigger.focus();
    }

    reset() {
      yangguang.speech.stop();
      this.closeDrawer();
      yangguang.forget();
      yangguang.tell("已全部恢复默认");
    }

    escape() {
      if (this.drawer.hidden) this.close();
      else this.closeDrawer(true);
    }

    /** Keep the height, so that the next page leaves room for the bar before it is there. */
    measure() {
      if (this.isOpen) yangguang.prefer("bar", String(Math.ceil(this.root.getBoundingClientRect().height)));
    }

    // --- keyboard -----------------------------------------------------------------------------------

    focusRow() {
      this.buttons().find((button) => button.tabIndex === 0).focus();
    }

    /** One stop of the keyboard; the arrows move inside (ARIA toolbar pattern). @param {KeyboardEvent} event */
    move(event) {
      const buttons = this.buttons();
      const here = buttons.indexOf(document.activeElement);
      const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 };
      if (here < 0 || !(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.stop(buttons[(steps[event.key] + buttons.length) % buttons.length]).focus();
    }

    /** Make a button the one that the tabulator reaches. @param {HTMLButtonElement} next */
    stop(next) {
      for (const button of this.buttons()) button.tabIndex = button === next ? 0 : -1;
      return next;
    }

    /** @param {string} code of the key pressed with Alt and Shift */
    press(code) {
      const key = KEYS.find(([known]) => known === (SAME_KEY[code] || code));
      if (code !== "KeyA") this.open();
      key[3](this);
    }

    // --- looks --------------------------------------------------------------------------------------

    /** @param {number} step in percent */
    zoom(step) {
      if (yangguang.stepSize) {
        yangguang.stepSize(step);
        return;
      }
      const now = parseInt(chosen.size, 10) || 100;
      const next = Math.min(LARGEST, Math.max(100, Math.round((now + step) / 10) * 10));
      yangguang.prefer("size", next === 100 ? "" : String(next));
      yangguang.tell("字号 " + next + "%" + (next === now ? "，已到头" : ""));
    }

    nextScheme() {
      const here = SCHEMES.findIndex(([name]) => name === (chosen.theme || ""));
      this.dress(SCHEMES[(here + 1) % SCHEMES.length]);
    }

    dress([name, label]) {
      yangguang.prefer("theme", name);
      yangguang.tell("配色：" + label);
    }

    /** @param {string} name */
    switch(name) {
      const button = this.switches[name];
      if (!button) return;
      const [, value, label] = SWITCHES.find(([known]) => known === name);
      if (button.getAttribute("aria-disabled")) {
        yangguang.tell(yangguang.NO_VOICE);
        return;
      }
      yangguang.prefer(name, chosen[name] ? "" : value);
      yangguang.tell(label + (chosen[name] ? "已打开" : "已关闭"));
    }

    /** Show what is chosen. */
    mark() {
      if (this.size) this.markSize();
      for (const name in this.switches) this.switches[name].setAttribute("aria-pressed", String(Boolean(chosen[name])));
      for (const button of this.drawer.querySelectorAll("[data-scheme]")) {
        button.setAttribute("aria-pressed", String(button.dataset.scheme === (chosen.theme || "")));
      }
      if (this.isOpen) this.watch();
    }

    markSize() {
      const size = parseInt(chosen.size, 10) || 100;
      this.size.textContent = size + "%";
      this.smaller.setAttribute("aria-disabled", String(size <= 100));
      this.larger.setAttribute("aria-disabled", String(size >= LARGEST));
    }

    otherEdition() {
      const link = document.querySelector(".masthead__edition");
      if (link) location.href = link.href;
      else yangguang.tell("本站没有另外的版本");
    }

    // --- drawers ------------------------------------------------------------------------------------

    /** @param {string} name */
    openDrawer(name) {
      const fill = { schemes: this.fillSchemes, places: this.fillPlaces, help: this.fillHelp }[name];
      this.drawer.textContent = "";
      fill.call(this);
      this.drawer.hidden = false;
      this.markDrawers(name);
      this.mark();
      this.measure();
      this.drawer.querySelector("button, h2, input").focus();
    }

    /** @param {boolean} [back] whether the focus returns to the button that opened it */
    closeDrawer(back) {
      const opener = this.row.querySelector("[aria-expanded=true]");
      this.drawer.hidden = true;
      this.drawer.textContent = "";
      this.markDrawers("");
      this.measure();
      if (back && opener) this.stop(opener).focus();
    }

    markDrawers(open) {
      for (const button of this.row.querySelectorAll("[data-drawer]")) {
        button.setAttribute("aria-expanded", String(button.dataset.drawer === open));
      }
    }

    group(label) {
      const group = element("div", "reading__group");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", label);
      this.drawer.append(group);
      return group;
    }

    fillSchemes() {
      const group = this.group("配色");
      for (const scheme of SCHEMES) {
        const button = yangguang.addButton(group, "reading__scheme", scheme[1], () => this.dress(scheme));
        button.dataset.scheme = scheme[0];
      }
    }

    /** Ways to the parts of the page (快速定位). */
    fillPlaces() {
      const group = this.group("快速定位");
      const add = (target, label) => yangguang.addButton(group, "reading__button", label, () => {
        this.closeDrawer();
        if (!target.matches("a, input, summary, button")) target.tabIndex = -1;
        target.scrollIntoView({ block: "center" });
        target.focus({ preventScroll: true });
      });
      for (const [selector, label] of PLACES) {
        const target = [...document.querySelectorAll(selector)].find(yangguang.isShown);
        if (target) add(target, label);
      }
      const headings = [...document.querySelectorAll("main h2")].filter((item) => !item.closest("nav, aside"));
      for (const heading of headings.slice(0, 12)) {
        if (yangguang.isShown(heading)) add(heading, heading.textContent.trim());
      }
    }

    fillHelp() {
      const title = element("h2", "reading__title", "阅读工具怎么用");
      title.tabIndex = -1;
      this.drawer.append(title);
      for (const text of [
        "按 Tab 键进入工具条，左右方向键选工具，回车键或空格键打开，Esc 键关闭。",
        "指读：鼠标指到、键盘走到哪里，就读哪里。大字幕：用大号字显示正在指的、正在读的文字。",
        "朗读用您这台设备自带的中文语音，文字不会发到别处。没有中文语音时，在系统设置的“语音”或“讲述人”里添加中文，再打开本页。",
        "您的选择只存在这台设备上，点“重置”就清除。",
      ]) this.drawer.append(element("p", "reading__text", text));
      this.drawer.append(this.keysSwitch(), this.keysTable());
    }

    keysSwitch() {
      const label = element("label", "reading__choice", "使用快捷键（Alt + Shift + 下面的键）");
      const box = element("input", "reading__box");
      box.type = "checkbox";
      box.checked = chosen.keys !== "off";
      box.addEventListener("change", () => {
        yangguang.prefer("keys", box.checked ? "" : "off");
        yangguang.tell(box.checked ? "快捷键已打开" : "快捷键已关闭");
      });
      label.insertBefore(box, label.firstChild);
      return label;
    }

    keysTable() {
      const list = element("dl", "reading__keys");
      for (const [, name, meaning] of KEYS) {
        if (name === "T" && !this.switches.layout) continue;
        const row = element("div", "reading__key");
        row.append(element("dt", "reading__name", name), element("dd", "reading__meaning", meaning));
        list.append(row);
      }
      return list;
    }

    // --- services -----------------------------------------------------------------------------------

    /** @param {HTMLElement} [invoker] */
    readAloud(invoker) {
      yangguang.voices().then((found) => {
        if (!found.length) {
          this.open();
          yangguang.tell(yangguang.NO_VOICE);
          return;
        }
        yangguang.speech.toggle(invoker || document.activeElement);
      });
    }

    /** Start or end what follows the pointer, as the preferences say. */
    watch() {
      yangguang.pointing.set(Boolean(chosen.point), Boolean(chosen.captions));
      yangguang.cross.set(Boolean(chosen.cross));
    }
  }

  let bar = null;

  /** The one bar of the page. @returns {Bar} */
  yangguang.bar = function () {
    if (!bar) bar = new Bar();
    return bar;
  };
})(window.yangguang);
