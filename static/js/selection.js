/* Selected text becomes a claim or a note.
     <div data-version-text data-start="0">…the text, white-space kept…</div>
     <div class="seltools" data-selection-tools hidden> <button data-selection-form="#new-claim" data-key="c">Claim</button> …
     <form id="new-claim" hidden> <input type=hidden name=start> name=end name=exact … <blockquote data-selection-quote>
   start and end are 0-based code points into the article text, end exclusive. The browser counts in UTF-16 units, so an
   emoji is two to it and one here. A block inside the text may carry its own data-start; elements with data-not-text are
   not part of the text. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const points = (text) => { let n = 0; for (const _ of text) n += 1; return n; };
  desk.codePoints = points;

  const textNodes = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, {
      acceptNode: (node) => node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT
        : node.hasAttribute("data-not-text") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP,
    });
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  };
  const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

  /* Code points from the nearest data-start up to a boundary point. */
  const offsetOf = (container, node, at) => {
    let base = elementOf(node).closest("[data-start]");
    if (!base || !container.contains(base)) base = container;
    const point = document.createRange();
    point.setStart(node, at);
    let count = Number(base.dataset.start || 0);
    for (const text of textNodes(base)) {
      if (text === node) return count + points(text.data.slice(0, at));
      if (point.comparePoint(text, 0) >= 0) return count;
      count += points(text.data);
    }
    return count;
  };
  const textIn = (container, range) => textNodes(container).filter((n) => range.intersectsNode(n)).map((n) =>
    n.data.slice(n === range.startContainer ? range.startOffset : 0, n === range.endContainer ? range.endOffset : undefined)).join("");

  /* The selection as {start, end, exact, range}, without white space at its ends; null when there is none in a text. */
  desk.textSelection = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const container = elementOf(range.startContainer).closest("[data-version-text]");
    if (!container) return null;
    if (!container.contains(range.endContainer)) range.setEnd(container, container.childNodes.length);
    const raw = textIn(container, range);
    const exact = raw.trim();
    if (!exact) return null;
    const lead = raw.length - raw.trimStart().length;
    const tail = raw.length - raw.trimEnd().length;
    const start = offsetOf(container, range.startContainer, range.startOffset) + points(raw.slice(0, lead));
    const end = offsetOf(container, range.endContainer, range.endOffset) - points(raw.slice(raw.length - tail));
    return { start, end, exact, range, container };
  };

  let held = null;
  const tools = () => document.querySelector("[data-selection-tools]");
  const show = () => {
    const box = tools();
    if (!box) return;
    const found = desk.textSelection();
    if (!found) {
      if (!box.contains(document.activeElement)) box.hidden = true;
      return;
    }
    held = found;
    box.hidden = false;
    const place = found.range.getBoundingClientRect();
    const width = box.offsetWidth;
    const above = place.top - box.offsetHeight - 8;
    const parent = (box.offsetParent || document.documentElement).getBoundingClientRect();
    box.style.top = `${(above > 60 ? above : place.bottom + 8) - parent.top}px`;
    box.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8)) - parent.left}px`;
  };
  let timer;
  document.addEventListener("selectionchange", () => { clearTimeout(timer); timer = setTimeout(show, 120); });

  const light = (range) => {
    if (!window.Highlight || !CSS.highlights) return;
    if (range) CSS.highlights.set("desk-selection", new Highlight(range));
    else CSS.highlights.delete("desk-selection");
  };

  document.addEventListener("mousedown", (event) => {
    // Pressing the toolbar must not drop the selection that it acts on.
    if (event.target.closest("[data-selection-tools]")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-selection-form]");
    if (button) {
      const found = desk.textSelection() || held;
      const form = document.querySelector(button.dataset.selectionForm);
      if (!found || !form) return;
      for (const name of ["start", "end", "exact"]) {
        const input = form.elements.namedItem(name);
        if (input) input.value = found[name];
      }
      form.querySelectorAll("[data-selection-quote]").forEach((quote) => { quote.textContent = found.exact; });
      document.querySelectorAll("form[data-selected]").forEach((other) => { if (other !== form) other.hidden = true; });
      form.hidden = false;
      form.dataset.selected = "";
      light(found.range);
      getSelection().removeAllRanges();
      tools().hidden = true;
      desk.align?.();
      form.scrollIntoView({ block: "nearest" });
      (form.querySelector("[data-first], textarea, input:not([type=hidden]), select, button") || form).focus({ preventScroll: true });
      return;
    }
    const cancel = event.target.closest("[data-selection-cancel]");
    if (cancel) {
      const form = cancel.closest("form");
      form.hidden = true;
      delete form.dataset.selected;
      light(null);
      desk.align?.();
      document.getElementById("main")?.focus({ preventScroll: true });
    }
  });
  // A draft that is put back brings its words with it.
  document.addEventListener("change", (event) => {
    if (event.target.name === "exact") event.target.form?.querySelectorAll("[data-selection-quote]").forEach((quote) => { quote.textContent = event.target.value; });
  });
  document.addEventListener("htmx:afterSwap", () => { if (!document.querySelector("form[data-selected]")) light(null); });
})();
