/* Rows to tick, each in its .tick in [data-ticks]: [data-tick-all] ticks them all, [data-ticked] says how many are. Without scripts the
   first stays hidden and the second empty. */
(() => {
  "use strict";
  const boxes = () => [...document.querySelectorAll("[data-ticks] .tick input[type=checkbox]")];

  function count() {
    const all = document.querySelector("[data-tick-all]");
    if (!all) return;
    const rows = boxes();
    const ticked = rows.filter((box) => box.checked).length;
    (all.closest("label") || all).hidden = !rows.length;
    all.checked = rows.length > 0 && ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
    document.querySelector("[data-ticked]").textContent = ticked || "";
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
    if (event.target.matches("[type=checkbox]")) count();
  });
  for (const swapped of ["htmx:oobAfterSwap", "htmx:afterSwap"]) document.addEventListener(swapped, count);
  document.addEventListener("DOMContentLoaded", count);
  window.addEventListener("pageshow", count);
})();
