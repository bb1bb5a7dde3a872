"use strict";
/* The elder edition: three sizes of letters. The page is complete without it. */
(function () {
  const KEY = "yangguang.1.elder";
  const SIZES = [["24", "大"], ["27", "更大"], ["30", "最大"]];
  const root = document.documentElement;

  /** Remember a size; where storage is refused it holds for this page. @param {string} size */
  function remember(size) {
    try {
      localStorage.setItem(KEY, size);
    } catch (error) {
      /* This page has it all the same. */
    }
  }

  /** @param {HTMLElement} place */
  function offerSizes(place) {
    const buttons = [];
    const status = document.createElement("span");
    status.className = "hidden";
    status.setAttribute("role", "status");
    const show = (size) => buttons.forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.size === size));
    });
    const label = document.createElement("span");
    label.className = "sizes__label";
    label.id = "sizes-label";
    label.textContent = "字号";
    const group = document.createElement("div");
    group.className = "sizes__group";
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", label.id);
    for (const [size, name] of SIZES) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sizes__button";
      button.dataset.size = size;
      button.textContent = name;
      button.addEventListener("click", () => {
        root.setAttribute("data-elder", size);
        remember(size);
        show(size);
        status.textContent = "字号已改为" + name;
      });
      buttons.push(button);
      group.append(button);
    }
    place.append(label, group, status);
    show(root.getAttribute("data-elder") || "24");
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-module='sizes']").forEach(offerSizes);
  });
})();
