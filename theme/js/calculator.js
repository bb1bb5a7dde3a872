"use strict";
/* A trial calculation: looks up the row of the table that fits the answers. Nothing is stored or sent. */
(function (yangguang) {
  /**
   * A share of a figure, to the cent, not above a limit.
   * @param {number} figure @param {number} share per cent @param {number} [most]
   */
  yangguang.shareOf = function (figure, share, most) {
    const amount = Math.round(figure * share) / 100;
    return most === undefined ? amount : Math.min(amount, most);
  };

  let count = 0;

  class Calculator {
    /** @param {HTMLElement} root */
    constructor(root) {
      const table = root.querySelector("table");
      this.root = root;
      this.rows = Array.from(table.tBodies[0].rows);
      const names = Array.from(table.tHead.rows[0].cells).slice(0, -1).map((cell) => cell.textContent);
      const form = document.createElement("div");
      form.className = "calculator__form";
      this.fields = names.map((name, column) => this.choice(form, name, column));
      if (root.dataset.figure) {
        this.figure = this.field(form, root.dataset.figure + "（" + root.dataset.unit + "）", "input");
        this.figure.inputMode = "decimal";
      }
      this.result = document.createElement("div");
      this.result.className = "calculator__result";
      this.result.setAttribute("role", "status");
      form.append(this.result);
      root.prepend(form);
      form.addEventListener("input", () => this.show());
      this.show();
    }

    field(form, text, tag) {
      const label = document.createElement("label");
      const field = document.createElement(tag);
      field.id = label.htmlFor = "shisuan-" + (count += 1);
      field.className = "calculator__field";
      field.autocomplete = "off";
      label.className = "calculator__label";
      label.textContent = text;
      form.append(label, field);
      return field;
    }

    choice(form, name, column) {
      const select = this.field(form, name, "select");
      for (const word of new Set(this.rows.map((row) => row.cells[column].textContent))) select.add(new Option(word));
      return select;
    }

    show() {
      const chosen = this.rows.find((row) => this.fields.every((field, i) => row.cells[i].textContent === field.value));
      for (const row of this.rows) row.classList.toggle("calculator__row--chosen", row === chosen);
      const cell = chosen.cells[chosen.cells.length - 1];
      const words = cell.querySelector("strong").textContent;
      const note = cell.querySelector("span");
      this.result.textContent = "";
      this.say("calculator__amount", this.amount(chosen.dataset) || words);
      if (note) this.say("calculator__note", note.textContent);
    }

    /** What a share comes to, if the result is a share and the figure is one. */
    amount(data) {
      const text = this.figure ? this.figure.value.replace(/[,，\s]/g, "") : "";
      if (!data.share || !/^\d+(\.\d+)?$/.test(text)) return "";
      const most = data.most ? Number(data.most) : undefined;
      return yangguang.shareOf(Number(text), Number(data.share), most).toLocaleString("zh-CN") + " " + this.root.dataset.unit;
    }

    say(name, text) {
      const line = document.createElement("p");
      line.className = name;
      line.textContent = text;
      this.result.append(line);
    }
  }

  Object.assign(yangguang.modules, { calculator: Calculator });
})((window.yangguang = window.yangguang || {}));
