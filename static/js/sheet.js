/* A small form over the page: a link with hx-target="#sheet" brings it, and the dialog opens when it is there.
   It closes when its step was taken (the event desk:decided), and the focus goes back to the current row. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const dialog = () => document.getElementById("sheet-dialog");

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "sheet" || !dialog()) return;
    // htmx would see to its buttons a moment after the swap; a key may come sooner and then send a plain form.
    htmx.process(event.detail.target);
    if (!dialog().open) dialog().showModal();
    (dialog().querySelector("[autofocus]") || dialog().querySelector("input:not([type=hidden]), button"))?.focus();
  });
  document.addEventListener("desk:decided", () => { if (dialog()?.open) dialog().close(); });
  document.addEventListener("close", (event) => {
    if (event.target !== dialog()) return;
    document.getElementById("sheet").replaceChildren();
    const row = desk.currentRow?.();
    if (row) desk.makeCurrent(row, { quiet: true });
  }, true);
})();
