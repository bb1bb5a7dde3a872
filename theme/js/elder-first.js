/* Restores the colours and the size that a reader of the elder edition chose, before the first paint. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.setAttribute("data-scripts", "");
  try {
    ["theme", "elder"].forEach(function (name) {
      var value = localStorage.getItem("yangguang.1." + name);
      if (value) root.setAttribute("data-" + name, value);
    });
  } catch (error) {
    /* Storage may be refused: the page keeps its 24 px. */
  }
})();
