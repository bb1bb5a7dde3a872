/* Restores large letters on a terminal before the first paint; they end with the visit. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.setAttribute("data-scripts", "");
  try {
    if (sessionStorage.getItem("yangguang.1.elder")) root.setAttribute("data-elder", "30");
  } catch (error) {
    /* Storage may be refused: letters are large anyway. */
  }
})();
