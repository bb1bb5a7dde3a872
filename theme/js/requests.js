"use strict";
/* Disclosure on request: when an answer is due, and the form that is printed. Nothing is stored or sent. */
(function (yangguang) {
  const DAY = 864e5;
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const words = (text) => text.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");

  /**
   * The last day of a period of working days that begins after a day, or the year whose holidays are not known.
   * @param {string} start ISO day @param {number} count
   * @param {{years: string[], holidays: string[], worked: string[]}} calendar
   * @returns {{day: string} | {unknown: string}}
   */
  yangguang.lastWorkingDay = function (start, count, calendar) {
    let time = Date.parse(start + "T00:00:00Z");
    while (count) {
      time += DAY;
      const day = iso(time);
      if (!calendar.years.includes(day.slice(0, 4))) return { unknown: day.slice(0, 4) };
      const weekend = [0, 6].includes(new Date(time).getUTCDay());
      if (calendar.worked.includes(day) || (!weekend && !calendar.holidays.includes(day))) count -= 1;
    }
    return { day: iso(time) };
  };

  const LIMITS = [["告知补正最迟", 7], ["答复最迟", 20], ["延长以后最迟", 40]];

  class Due {
    /** A day to choose, and the limits that follow from it. @param {HTMLElement} root */
    constructor(root) {
      const list = (name) => root.dataset[name].split(" ").filter(Boolean);
      this.calendar = { years: list("years"), holidays: list("holidays"), worked: list("worked") };
      const label = document.createElement("label");
      label.className = "due__label";
      label.textContent = "收到申请的日期";
      label.htmlFor = "due-day";
      const input = document.createElement("input");
      input.type = "date";
      input.id = "due-day";
      input.className = "due__day";
      input.value = root.dataset.today;
      this.result = document.createElement("dl");
      this.result.className = "due__result";
      this.result.setAttribute("aria-live", "polite");
      input.addEventListener("input", () => this.show(input.value));
      root.append(label, input, this.result);
      this.show(input.value);
    }

    /** @param {string} start */
    show(start) {
      this.result.textContent = "";
      if (!start) return;
      for (const [label, count] of LIMITS) {
        const last = yangguang.lastWorkingDay(start, count, this.calendar);
        const term = document.createElement("dt");
        const value = document.createElement("dd");
        term.textContent = label;
        value.textContent = last.day ? words(last.day) : last.unknown + "年放假安排尚未公布，不能计算";
        this.result.append(term, value);
      }
    }
  }

  class RequestForm {
    /** Buttons to print and to clear; whoever comes after finds the fields empty. @param {HTMLElement} root */
    constructor(root) {
      const clear = () => {
        for (const field of root.querySelectorAll("input, textarea")) {
          if (field.type === "checkbox" || field.type === "radio") field.checked = false;
          else field.value = "";
        }
      };
      const tools = root.querySelector("[data-tools]");
      yangguang.addButton(tools, "button button--filled", "打印申请表", () => window.print());
      yangguang.addButton(tools, "button", "清空", () => { clear(); yangguang.tell("已清空"); });
      window.addEventListener("pagehide", clear);
      window.addEventListener("pageshow", (event) => { if (event.persisted) clear(); });
      clear();
    }
  }

  Object.assign(yangguang.modules, { due: Due, "request-form": RequestForm });
})((window.yangguang = window.yangguang || {}));
