/* Cards beside a text stand at the height of the words that they speak of, pushed down where they would overlap.
     <ol class="cards" data-rows data-align="#text"> <li class="card" data-row="12" data-claim="12">
     <mark class="hl" data-claim="12">  (several ids, space separated, where claims overlap)
   The current card lights its words; a click on the words makes the card current. On a narrow page they just follow. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const marksOf = (text, id) => [...text.querySelectorAll(".hl[data-claim]")].filter((m) => m.dataset.claim.split(" ").includes(id));
  const GAP = 10;

  const align = () => {
    for (const list of document.querySelectorAll("[data-align]")) {
      const text = document.querySelector(list.dataset.align);
      if (!text) continue;
      const cards = [...list.querySelectorAll(".card")].filter((c) => !c.hidden);
      const beside = list.getBoundingClientRect().left >= text.getBoundingClientRect().right - 1;
      if (!beside) {
        list.removeAttribute("data-aligned");
        list.style.minHeight = "";
        continue;
      }
      list.setAttribute("data-aligned", "");
      const origin = list.getBoundingClientRect().top;
      const wanted = cards.map((card) => {
        const mark = card.dataset.claim && marksOf(text, card.dataset.claim)[0];
        return mark ? mark.getClientRects()[0].top - origin - 6 : 0;
      });
      const heights = cards.map((card) => card.offsetHeight);
      let floor = 0;
      cards.forEach((card, i) => {
        const top = Math.max(floor, wanted[i]);
        card.style.top = `${top}px`;
        floor = top + heights[i] + GAP;
      });
      list.style.minHeight = `${floor}px`;
    }
  };
  desk.align = align;

  const lit = (row) => {
    const list = row.closest("[data-align]");
    if (!list) return;
    const text = document.querySelector(list.dataset.align);
    text.querySelectorAll(".hl[aria-current]").forEach((m) => m.removeAttribute("aria-current"));
    marksOf(text, row.dataset.claim).forEach((m) => m.setAttribute("aria-current", "true"));
    align();
  };
  document.addEventListener("desk:row", (event) => lit(event.detail.row));
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".hl[data-claim]");
    if (!mark || String(getSelection())) return;
    const ids = mark.dataset.claim.split(" ");
    const card = document.querySelector(`.card[data-claim="${CSS.escape(ids[ids.length - 1])}"]`);
    if (card) desk.makeCurrent?.(card);
  });

  let frame;
  const soon = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(align); };
  window.addEventListener("resize", soon);
  window.addEventListener("load", soon);
  document.addEventListener("htmx:afterSettle", soon);
  document.fonts?.ready.then(soon);
  soon();
})();
