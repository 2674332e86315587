/* The table of homepages: tick all rows that can be added, and say how many are ticked. */
(() => {
  "use strict";
  const boxes = () => [...document.querySelectorAll("#lookup-rows input[name=row]")];
  const all = () => document.querySelector("[data-tick-all]");

  function count() {
    const rows = boxes();
    const ticked = rows.filter((box) => box.checked).length;
    const head = all();
    if (!head) return;
    head.hidden = !rows.length;
    head.checked = rows.length > 0 && ticked === rows.length;
    head.indeterminate = ticked > 0 && ticked < rows.length;
    document.querySelector("[data-ticked]").textContent = ticked || "";
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
    if (event.target.closest("#lookup-form")) count();
  });
  document.addEventListener("htmx:oobAfterSwap", count);
  document.addEventListener("DOMContentLoaded", count);
  window.addEventListener("pageshow", count);
})();
