/* The article's page: marks follow their cards, selected words become claims at once, what was just dismissed can be
   given a reason, and what the machine finds is shown without disturbing who is in the middle of something. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const SET_ASIDE = new Set(["dismissed", "closed", "superseded", "merged"]);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Marks and counts follow the cards. */
  const stateOf = (id) => document.querySelector(`.card[data-claim="${CSS.escape(id)}"]`)?.dataset.state;
  const remark = (claim) => {
    for (const mark of all(`#text .hl[data-claim~="${CSS.escape(claim)}"][data-state]`)) {
      const states = mark.dataset.claim.split(" ").map(stateOf).filter(Boolean);
      const live = states.filter((state) => !SET_ASIDE.has(state));
      const shown = (live.length ? live : states).pop();
      if (shown) mark.dataset.state = shown;
    }
  };
  const recount = () => {
    const box = document.querySelector("#strip [data-candidates]");
    if (!box || document.querySelector(".pages")) return;
    const states = new Map(all("#cards .card[data-state]").map((card) => [card.dataset.claim, card.dataset.state]));
    const values = [...states.values()];
    box.textContent = values.filter((state) => state === "candidate").length;
    document.querySelector("#strip [data-claims]").textContent = values.filter((state) => !SET_ASIDE.has(state)).length;
  };

  /* What was dismissed last takes a reason by one key, while the next card is current already. */
  let last = null;
  const tellLast = (card) => {
    const box = document.querySelector("[data-last]");
    if (!box) return;
    if (card.dataset.state === "dismissed") {
      last = card.id;
      box.querySelector("[data-last-words]").textContent = card.querySelector(".card-link").textContent.slice(0, 60);
      box.hidden = false;
    } else if (card.id === last) {
      last = null;
      box.hidden = true;
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reason]");
    const card = button && last && document.getElementById(last);
    if (!card) return;
    htmx.ajax("POST", card.dataset.dismiss, {
      source: card, target: `#${card.id}`, swap: "outerHTML",
      values: { as: "card", appearance: card.dataset.row, reason: button.dataset.reason },
    });
  });

  const seen = new Map();
  document.addEventListener("htmx:load", (event) => {
    const root = event.detail.elt;
    const cards = root.matches?.(".card[data-state]") ? [root] : all(".card[data-state]", root);
    for (const card of cards) {
      if (seen.get(card.id) !== card.dataset.state) {
        if (seen.has(card.id)) { remark(card.dataset.claim); tellLast(card); }
        seen.set(card.id, card.dataset.state);
      }
      const edit = card.querySelector(".card-edit:not([hidden])");
      if (edit && root === card) edit.querySelector("[data-first]")?.focus();
    }
    if (cards.length) { recount(); desk.align?.(); }
    const ready = root.matches?.("[data-ready]") ? root : root.querySelector?.("[data-ready]");
    if (ready && !busy()) ready.querySelector("[data-show]").click();
  });

  /* Somebody who selects or writes is not interrupted: then the bar stays until it is pressed. */
  const busy = () => {
    const selection = getSelection();
    const text = document.getElementById("text");
    if (text && !selection.isCollapsed && text.contains(selection.anchorNode)) return true;
    if (document.querySelector("form[data-selected], .card-edit:not([hidden]), dialog[open]")) return true;
    return desk.isTyping?.(document.activeElement) && document.activeElement.closest("#main") !== null;
  };

  /* Selected words. Claims are added, and moved, at one press. */
  const finish = (form) => {
    if (!("closes" in form.dataset)) return;
    form.hidden = true;
    delete form.dataset.selected;
    form.reset();
    if (window.CSS?.highlights) CSS.highlights.delete("desk-selection");
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-selection-form]");
    const form = button && document.querySelector(button.dataset.selectionForm);
    if (!form || !("atOnce" in form.dataset)) return;
    form.hidden = true;
    const values = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
    let address = form.getAttribute("action");
    if ("moves" in form.dataset) {
      address = document.querySelector("#cards [data-row][aria-current]")?.dataset.move;
      if (!address) {
        desk.announce?.(form.dataset.none, { kind: "warn" });
        finish(form);
        return;
      }
    }
    htmx.ajax("POST", address, { source: form, swap: "none", values });
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-closes]");
    if (form && event.detail.successful) finish(form);
  });

  /* A new card goes to its place in the order of the text; it is the one that the work goes on with. */
  document.addEventListener("showCard", (event) => {
    const { id, start, href } = event.detail;
    const card = document.getElementById(id);
    if (!card) {
      if (href) location.assign(href);
      return;
    }
    if (start !== undefined && !card.nextElementSibling) {
      const after = all("#cards > .card").find((other) => other !== card && Number(other.dataset.start) > start);
      if (after) after.before(card);
    }
    document.querySelector(".beside > .none")?.remove();
    recount();
    desk.align?.();
    desk.makeCurrent?.(card);
  });
  document.addEventListener("desk:decided", (event) => {
    // A reason belongs to one decision; what was dismissed together was dismissed for one.
    if (event.detail?.claims?.length > 1) {
      last = null;
      document.querySelector("[data-last]")?.setAttribute("hidden", "");
    }
    const go = event.detail?.go;
    const card = go && document.querySelector(`#cards .card[data-claim="${CSS.escape(String(go))}"]`);
    if (card) desk.makeCurrent?.(card);
  });

  /* The card's own form. */
  const show = (box, open) => {
    box.hidden = !open;
    document.querySelector(`[data-card-edit="#${box.id}"]`)?.setAttribute("aria-expanded", String(open));
    desk.align?.();
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-card-edit]");
    if (opener) {
      const box = document.querySelector(opener.dataset.cardEdit);
      show(box, box.hidden);
      if (!box.hidden) box.querySelector("[data-first]")?.focus();
      return;
    }
    const closer = event.target.closest("[data-card-close]");
    if (!closer) return;
    const card = closer.closest(".card");
    const form = closer.closest("form");
    form.reset();
    desk.forgetDraft?.(form.dataset.draftKey);
    show(closer.closest(".card-edit"), false);
    desk.makeCurrent?.(card);
  });

  /* The recording's field is for what was spoken; a browser without scripts shows it always. */
  const spoken = () => {
    const medium = document.getElementById("id_medium");
    const box = document.querySelector("[data-for-spoken]");
    if (medium && box) box.hidden = !["speech", "broadcast"].includes(medium.value);
  };
  document.addEventListener("change", (event) => { if (event.target.id === "id_medium") spoken(); });

  /* A second click while the first is under way is the same click. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("once" in form.dataset)) return;
    if (form.dataset.under) event.preventDefault();
    form.dataset.under = "1";
  });
  window.addEventListener("pageshow", () => { for (const form of all("form[data-once]")) delete form.dataset.under; });

  const begin = () => {
    spoken();
    for (const card of all(".card[data-state]")) seen.set(card.id, card.dataset.state);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
