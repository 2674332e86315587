/* A list that one walks with j and k:
     <ol data-rows>  <li data-row="12" id="row-12"> … <a data-open href="…">wording</a> …
   The current row carries aria-current and its link holds the focus, so Enter opens it as any link.
   It gets the event desk:current (hx-trigger="desk:current" loads the detail beside the list).
   A control with data-decides makes the next undecided row current as soon as it is pressed; the answer may replace
   the row by id, marked data-done. Rows with one data-claim are decided together. Back and reload keep the place
   (history.state). */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const lists = () => [...document.querySelectorAll("[data-rows]")];
  const rowsOf = (list) => [...list.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
  const linkOf = (row) => row.querySelector("[data-open]") || row.querySelector("a, button");
  let settle;

  const activeList = () => {
    const focused = document.activeElement?.closest("[data-rows]");
    return focused || lists().find((list) => list.getClientRects().length) || lists()[0];
  };
  desk.currentRow = () => activeList()?.querySelector("[data-row][aria-current]") || null;

  const remember = (row) => {
    const list = row.closest("[data-rows]");
    try {
      history.replaceState({ ...(history.state || {}), deskRow: row.dataset.row, deskIndex: rowsOf(list).indexOf(row) }, "");
    } catch { /* A browser that throttles history only loses the place, not the work. */ }
  };

  const rove = (list, current) => {
    for (const row of rowsOf(list)) {
      const link = linkOf(row);
      if (row === current) {
        row.setAttribute("aria-current", "true");
        link?.removeAttribute("tabindex");
      } else {
        row.removeAttribute("aria-current");
        link?.setAttribute("tabindex", "-1");
      }
      // Without shortcuts the buttons and boxes of every row stay in the tab order; with them only the current row's.
      if (document.body.dataset.shortcuts === "off") link?.removeAttribute("tabindex");
      else row.querySelectorAll("button, input").forEach((e) => (row === current ? e.removeAttribute("tabindex") : e.setAttribute("tabindex", "-1")));
    }
  };

  const keepInSight = (row) => {
    const box = row.getBoundingClientRect();
    const topEdge = Math.max(0, ...[...document.querySelectorAll(".top, .strip")].map((e) => (getComputedStyle(e).position === "sticky" ? e.getBoundingClientRect().bottom : 0)));
    const foot = document.querySelector(".foot");
    const bottomEdge = foot ? foot.getBoundingClientRect().top : innerHeight;
    if (box.top < topEdge + 8) scrollBy(0, box.top - topEdge - 40);
    else if (box.bottom > bottomEdge - 8) scrollBy(0, box.bottom - bottomEdge + 40);
  };

  desk.makeCurrent = (row, { focus = true, quiet = false, scroll = true } = {}) => {
    if (!row) return;
    const list = row.closest("[data-rows]");
    rove(list, row);
    if (focus) linkOf(row)?.focus({ preventScroll: true });
    if (scroll) keepInSight(row);
    remember(row);
    document.dispatchEvent(new CustomEvent("desk:row", { detail: { row } }));
    if (quiet) return;
    // Held-down j runs through the list without asking the server for every row that it passes.
    clearTimeout(settle);
    settle = setTimeout(() => row.isConnected && row.dispatchEvent(new CustomEvent("desk:current", { bubbles: false })), 60);
  };

  const step = (by) => {
    const list = activeList();
    if (!list) return;
    const rows = rowsOf(list);
    const at = rows.indexOf(list.querySelector("[data-row][aria-current]"));
    const next = at < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) desk.makeCurrent(next);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.body.dataset.shortcuts === "off" || desk.isTyping?.(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "j" || event.key === "k") {
      if (!lists().length) return;
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
    } else if (event.key === "Enter" && (event.target === document.body || event.target.id === "main")) {
      const row = desk.currentRow();
      if (row) linkOf(row)?.click();
    }
  });

  // A click anywhere on the row's plain surface makes it current; links and buttons do what they say.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || event.target.closest("button, input, label, select, textarea")) return;
    if (event.target.closest("a")) return remember(row);
    if (!String(getSelection())) desk.makeCurrent(row);
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (row && !row.hasAttribute("aria-current")) desk.makeCurrent(row, { focus: false });
  });

  const following = (row) => {
    const rows = rowsOf(row.closest("[data-rows]"));
    const at = rows.indexOf(row);
    const open = (r) => r !== row && !r.hasAttribute("data-done");
    return rows.slice(at + 1).find(open) || rows.slice(0, at).reverse().find(open) || null;
  };
  // A claim with two places in a text has two rows there, which are decided together.
  const sameAs = (row) => (row.dataset.claim ? rowsOf(row.closest("[data-rows]")).filter((r) => r.dataset.claim === row.dataset.claim) : [row]);
  const rowFor = (element) => element.closest("[data-row]") || (element.dataset.for && document.querySelector(`[data-row="${CSS.escape(element.dataset.for)}"]`)) || desk.currentRow();

  document.addEventListener("htmx:beforeRequest", (event) => {
    const element = event.detail.elt.closest?.("[data-decides]");
    if (!element) return;
    const row = rowFor(element);
    if (!row) return;
    row.removeAttribute("data-failed");
    linkOf(row)?.removeAttribute("data-failed");
    // The row keeps its mark until the answer comes, so that a key pressed twice does not decide twice.
    for (const same of sameAs(row)) same.setAttribute("data-done", "");
    const next = following(row);
    if (next) desk.makeCurrent(next);
  });
  document.addEventListener("desk:failed", (event) => {
    const element = event.detail.element?.closest?.("[data-decides]");
    const row = element && rowFor(element);
    if (!row) return;
    for (const same of sameAs(row)) same.removeAttribute("data-done");
    row.setAttribute("data-failed", "");
    linkOf(row)?.setAttribute("data-failed", desk.word("rowNotSaved", "not saved"));
  });

  // A swapped row comes back bare from the server: give it the mark and the focus it had, at once, as a key may follow.
  const restore = () => {
    for (const list of lists()) {
      const rows = rowsOf(list);
      if (!rows.length) continue;
      const marked = list.querySelectorAll("[data-row][aria-current]");
      if (marked.length === 1) { rove(list, marked[0]); continue; }
      const again = marked[0] || rows.find((row) => row.dataset.row === history.state?.deskRow) || rows[Math.min(history.state?.deskIndex ?? 0, rows.length - 1)];
      const lost = document.activeElement === document.body || !document.activeElement;
      desk.makeCurrent(again, { focus: lost, quiet: again.dataset.row === history.state?.deskRow });
    }
  };
  document.addEventListener("htmx:oobAfterSwap", restore);
  document.addEventListener("htmx:afterSettle", restore);

  const begin = () => {
    const list = lists()[0];
    if (!list) return;
    const rows = rowsOf(list);
    if (!rows.length) return;
    const state = history.state || {};
    const kept = state.deskRow && (rows.find((row) => row.dataset.row === state.deskRow) || rows[Math.min(state.deskIndex ?? 0, rows.length - 1)]);
    const asked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("[data-row]");
    const first = kept || asked || list.querySelector("[data-row][aria-current]") || rows[0];
    const busy = document.activeElement && document.activeElement !== document.body;
    // A page that is opened for the first time starts at its top: where columns stack, the cards stand below the text.
    desk.makeCurrent(first, { focus: Boolean(kept) && !busy, scroll: Boolean(kept || asked) });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
  window.addEventListener("pageshow", (event) => { if (event.persisted) begin(); });
})();
