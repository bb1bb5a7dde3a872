/*
 * Reading preferences: the only script that blocks. It restores them before the first paint, and keeps the one
 * way to change them. They stay on this device, under names with a version, and nothing else is stored.
 */
(function () {
  "use strict";
  var PREFIX = "yangguang.1.";
  /* Seen in the look of the page; the others (captions, cross, point, rate, keys) are read by the tools. */
  var LOOKS = ["theme", "size", "elder", "pointer", "layout", "bar"];
  var NAMES = LOOKS.concat("captions", "cross", "point", "rate", "keys");
  /* From this size on, in percent, phones need a layout of their own, which is in the sheet of the tools. */
  var LARGE = 140;
  var root = document.documentElement;
  /* The elder edition has sizes of its own, and is simple as it is. */
  var FOREIGN = root.getAttribute("data-edition") === "elder" ? ["size", "layout"] : ["elder"];
  var own = document.currentScript.dataset;
  var yangguang = (window.yangguang = window.yangguang || {});
  var values = (yangguang.preferences = {});

  function apply(name, value) {
    if (value) values[name] = value;
    else delete values[name];
    if (LOOKS.indexOf(name) < 0 || FOREIGN.indexOf(name) >= 0) return;
    if (value) root.setAttribute("data-" + name, value);
    else root.removeAttribute("data-" + name);
    if (name === "size") {
      var percent = parseInt(value, 10) || 100;
      root.style.setProperty("--zoom", String(percent / 100));
      if (percent >= LARGE) root.setAttribute("data-large", "");
      else root.removeAttribute("data-large");
    }
    if (name === "bar") root.style.setProperty("--bar", (parseInt(value, 10) || 0) + "px");
  }

  /* Apply and remember; an empty value forgets. Where storage is refused the choice lasts as long as the page. */
  yangguang.prefer = function (name, value) {
    apply(name, value);
    try {
      if (value) localStorage.setItem(PREFIX + name, value);
      else localStorage.removeItem(PREFIX + name);
    } catch (error) { /* file://, private windows */ }
    if (name === "size" && root.hasAttribute("data-large")) yangguang.dress();
    document.dispatchEvent(new CustomEvent("preference", { detail: name }));
  };

  yangguang.forget = function () {
    NAMES.forEach(function (name) { yangguang.prefer(name, ""); });
  };

  /* The style sheet of the tools, fetched on first use; asked for here it still holds back the first paint. */
  yangguang.dress = function () {
    if (!yangguang.dressed) {
      yangguang.dressed = new Promise(function (resolve) {
        var link = document.createElement("link");
        link.rel = "stylesheet";
        link.setAttribute("blocking", "render");
        link.onload = link.onerror = resolve;
        link.href = own.sheet;
        document.head.appendChild(link);
      });
    }
    return yangguang.dressed;
  };
  yangguang.toolsUrl = own.tools;

  root.setAttribute("data-scripts", "");
  try {
    NAMES.forEach(function (name) {
      var value = localStorage.getItem(PREFIX + name);
      if (value) apply(name, value);
    });
  } catch (error) { /* The page simply keeps its defaults. */ }
  if (["theme", "pointer", "layout", "bar", "large"].some(function (name) { return root.hasAttribute("data-" + name); })) yangguang.dress();
})();
