/* Restores reading preferences before the first paint; the only script that blocks. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.setAttribute("data-scripts", "");
  try {
    ["theme", "size"].forEach(function (name) {
      var value = localStorage.getItem("yangguang.1." + name);
      if (value) root.setAttribute("data-" + name, value);
    });
  } catch (error) {
    /* Storage may be refused (file://, private windows): the page simply keeps its defaults. */
  }
})();
