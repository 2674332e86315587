/* The queue, on top of rows.js: where one stands after a step that took several rows, keys on what is selected,
   and the bar that says how many are new.
     data-many          on a control whose answer may bring back rows: it says which rows are on the page
     data-bulk-key="a"  pressed instead of the row's own key while rows are selected
   desk:decided {go, claims} comes with each answer: `go` is the row to stand on, `claims` are those that changed. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const POLL = 30000;
  const rowOf = (key) => document.getElementById(`row-${key}`);
  const rows = () => [...document.querySelectorAll(".rows > [data-row]")];
  const boxes = () => [...document.querySelectorAll(".row-check input")];
  const selected = () => boxes().filter((box) => box.checked);

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.closest?.("[data-many], #sheet") && event.detail.verb === "post") {
      event.detail.parameters.set("shown", rows().map((row) => row.dataset.row).join(","));
    }
  });

  const nextOpen = (row) => {
    const all = rows();
    const at = all.indexOf(row);
    const open = (other) => !other.hasAttribute("data-done");
    return all.slice(at + 1).find(open) || all.slice(0, at).reverse().find(open);
  };

  document.addEventListener("desk:decided", (event) => {
    const { go, claims } = event.detail;
    count();
    // Of a batch that came back, the one that stands highest.
    const wanted = go && (rows().find((row) => claims.map(String).includes(row.dataset.row)) || rowOf(go));
    if (wanted) return desk.makeCurrent(wanted);
    const current = desk.currentRow();
    if (!current) return;
    const next = current.hasAttribute("data-done") && nextOpen(current);
    if (next) return desk.makeCurrent(next);
    // The panel speaks of the row that just changed under it.
    if (claims?.map(String).includes(current.dataset.row)) current.dispatchEvent(new CustomEvent("desk:current", { bubbles: false }));
  });

  const count = () => {
    const place = document.querySelector("[data-selected-count]");
    if (!place) return;
    const n = selected().length;
    place.textContent = n === 1 ? place.dataset.one : place.dataset.manyWords.replace("%s", n);
    document.getElementById("bulk").hidden = n === 0;
  };
  document.addEventListener("change", (event) => { if (event.target.closest(".row-check")) count(); });
  document.addEventListener("reset", (event) => {
    if (event.target.id !== "bulk") return;
    // A reset also sets the select back; the boxes are counted after the browser did it.
    setTimeout(count);
  });
  window.addEventListener("pageshow", count);
  count();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.body.dataset.shortcuts === "off") return;
    if (desk.isTyping?.(event.target) || document.querySelector("dialog[open]") || !selected().length) return;
    const button = [...document.querySelectorAll("[data-bulk-key]")].find((b) => b.dataset.bulkKey === event.key);
    if (!button) return;
    event.preventDefault();
    button.click();
  }, true);

  // The panel speaks of one row; while another is current, it waits for that one's words.
  const panel = document.getElementById("detail");
  const follow = () => {
    const current = desk.currentRow();
    const speaks = panel?.querySelector("[data-claim]")?.dataset.claim;
    panel?.setAttribute("aria-busy", String(Boolean(current && speaks && speaks !== current.dataset.row)));
  };
  document.addEventListener("desk:row", follow);
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target === panel) follow(); });

  const poll = () => {
    const bar = document.getElementById("newbar");
    if (bar && !document.hidden) bar.dispatchEvent(new CustomEvent("desk:poll"));
  };
  setInterval(poll, POLL);
  document.addEventListener("visibilitychange", poll);

  document.addEventListener("click", (event) => {
    const open = document.querySelector("details.more-filters[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });
})();
