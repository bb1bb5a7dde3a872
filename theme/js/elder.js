"use strict";
/*
 * The elder edition, with main.js one file: three sizes of letters, reading aloud and the way to the other reading
 * tools, in one row of the header. The page is complete without it.
 */
(function (yangguang) {
  const SIZES = [["", "大"], ["27", "更大"], ["30", "最大"]];

  /** @returns {number} which of the sizes is chosen */
  function chosen() {
    return Math.max(0, SIZES.findIndex(([size]) => size === (yangguang.preferences.elder || "")));
  }

  /** @param {number} index */
  function choose(index) {
    yangguang.prefer("elder", SIZES[index][0]);
    yangguang.tell("字号已改为" + SIZES[index][1]);
  }

  /** For shortcuts: the edition has these sizes instead of percents. @param {number} step above or below zero */
  yangguang.stepSize = function (step) {
    choose(Math.min(SIZES.length - 1, Math.max(0, chosen() + Math.sign(step))));
  };

  class Row {
    /** @param {HTMLElement} root */
    constructor(root) {
      const sizes = this.group(root, "sizes__group");
      this.addLabel(sizes);
      this.addSizes(sizes);
      const tools = this.group(root, "sizes__tools");
      const aloud = yangguang.addButton(tools, "sizes__button", "朗读", () => yangguang.readAloud(aloud));
      new yangguang.modules.reading(tools);
      yangguang.voices().then((found) => { if (!found.length) this.refuse(aloud); });
    }

    group(root, className) {
      const group = document.createElement("div");
      group.className = className;
      root.append(group);
      return group;
    }

    addLabel(group) {
      const label = document.createElement("span");
      label.className = "sizes__label";
      label.id = "sizes-label";
      label.textContent = "字号";
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", label.id);
      group.append(label);
    }

    addSizes(group) {
      const buttons = SIZES.map(([, name], index) =>
        yangguang.addButton(group, "sizes__button", name, () => choose(index)));
      const mark = () => buttons.forEach((button, index) => {
        button.setAttribute("aria-pressed", String(index === chosen()));
      });
      document.addEventListener("preference", mark);
      mark();
    }

    /** Grey the button; the reason stands in it, so that nothing moves. @param {HTMLButtonElement} button */
    refuse(button) {
      const reason = document.createElement("span");
      reason.className = "sizes__reason";
      reason.textContent = "没有中文语音";
      button.append(reason);
      button.setAttribute("aria-disabled", "true");
    }
  }

  /* The row under a title of the portal has nothing that this one has not. */
  Object.assign(yangguang.modules, { sizes: Row, tools: class {} });
})(window.yangguang);
