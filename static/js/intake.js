/* Adding and watching: files that are dropped, files that are too large together, and going on to what came in. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const formOf = (event) => event.target.closest?.("form[data-drop]");
  const brings = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

  /* Dropped anywhere on the form, files go into its field. */
  document.addEventListener("dragover", (event) => {
    const form = formOf(event);
    if (!form || !brings(event)) return;
    event.preventDefault();
    form.dataset.over = "";
  });
  document.addEventListener("dragleave", (event) => {
    const form = formOf(event);
    if (form && !form.contains(event.relatedTarget)) delete form.dataset.over;
  });
  document.addEventListener("drop", (event) => {
    const form = formOf(event);
    if (!form || !brings(event)) return;
    event.preventDefault();
    delete form.dataset.over;
    const field = document.querySelector(form.dataset.drop);
    const all = new DataTransfer();
    for (const file of [...field.files, ...event.dataTransfer.files]) all.items.add(file);
    field.files = all.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
  document.addEventListener("change", (event) => {
    const form = event.target.type === "file" && event.target.form;
    if (!form || !("most" in form.dataset)) return;
    const size = [...event.target.files].reduce((sum, file) => sum + file.size, 0);
    event.target.setCustomValidity(size > Number(form.dataset.most) ? form.dataset.tooMuch : "");
    event.target.reportValidity();
  });

  /* A link for the bookmarks does nothing here, where there is no page to add. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-bookmarklet]");
    if (!link) return;
    event.preventDefault();
    desk.announce?.(link.dataset.said);
  });

  /* A second click while the first is under way is the same click. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-from-browser]")) return;
    if (form.dataset.under) event.preventDefault();
    form.dataset.under = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-from-browser]")) delete form.dataset.under;
  });

  /* What came in is shown at once, unless somebody has gone on to something else on the page. */
  document.addEventListener("htmx:load", (event) => {
    const root = event.detail.elt;
    const link = root.matches?.("[data-go]") ? root : root.querySelector?.("[data-go]");
    const free = !document.activeElement || [document.body, document.getElementById("main")].includes(document.activeElement);
    if (link && free) location.assign(link.href);
  });
})();
