/* A claim's page: the length of the summary, selects that send themselves, forms that open where one types, and a
   verdict that waits with saving while two texts stand against each other. */
(() => {
  "use strict";
  document.documentElement.dataset.ready = "";
  const lengthOf = (text) => [...text.replace(/\r\n/g, "\n").trim()].length;

  const count = (field) => {
    const shown = document.querySelector(`[data-count-of="${field.id}"]`);
    if (!shown) return;
    const most = Number(field.dataset.count);
    const length = lengthOf(field.value);
    shown.textContent = `${length} / ${most}`;
    shown.toggleAttribute("data-over", length > most);
  };
  const countAll = () => document.querySelectorAll("[data-count]").forEach(count);
  document.addEventListener("input", (event) => { if (event.target.matches("[data-count]")) count(event.target); });
  countAll();

  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-send]")) event.target.form.requestSubmit();
  });

  // An opened form begins with its first field.
  document.addEventListener("toggle", (event) => {
    const box = event.target;
    if (!box.open || !box.matches?.("details.edit") || box.contains(document.activeElement) === false) return;
    box.querySelector("input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea, select")?.focus();
  }, true);

  // A link of the foot leads into the field itself, and opens what is closed around it.
  const arrive = () => {
    if (location.hash.length < 2) return;
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.matches("textarea, input")) target.focus();
    else if (target.id === "evidence") {
      const box = target.querySelector("#new-evidence details");
      if (box && !target.querySelector("#evidence-list li")) { box.querySelector("summary").focus(); box.open = true; }
    } else target.querySelector("input[type=radio], button, summary")?.focus({ preventScroll: true });
  };
  window.addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".foot-missing a");
    if (link && link.hash === location.hash) arrive();
  });

  // While another person's text stands beside this one, only the button that says so saves over it.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt } = event.detail;
    const over = document.querySelector("#draft-state [data-paused] button");
    if (elt.id !== "verdict-form" || !over) return;
    event.preventDefault();
    if (event.detail.requestConfig?.triggeringEvent?.type === "submit") over.click();
  });

  // What the line above the ratings says about saving stands below the explanation too, where the eyes are.
  const echo = () => {
    const said = document.querySelector("#draft-state .saved, #draft-state .banner");
    document.querySelectorAll("[data-saved-echo]").forEach((place) => { place.textContent = said ? said.textContent : ""; });
  };
  document.addEventListener("htmx:afterSettle", () => { countAll(); echo(); });
  echo();
})();
