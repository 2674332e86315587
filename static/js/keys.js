/* Single-key shortcuts, declared where they act:
     data-key="a"            pressing a clicks the element (focuses it, when it is a field or a choice); "A" is Shift+a
     data-key-label="Accept" what the help says, if the element's own words do not
     data-keys-scope         keys inside count first while the focus is inside, and last when it is elsewhere
     data-submit             on a form: Ctrl+Enter (or Cmd+Enter) in any of its fields submits it;
                             on a button: Ctrl+Enter anywhere on the page presses it
   Never while typing, never with Ctrl, Alt or Cmd held, never with <body data-shortcuts="off">. ? opens the list. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const off = () => document.body.dataset.shortcuts === "off";
  const openDialog = () => [...document.querySelectorAll("dialog[open]")].pop();
  const QUIET_INPUTS = new Set(["checkbox", "radio", "button", "submit", "reset", "range", "color", "file"]);

  desk.isTyping = (element) => {
    if (!element || element === document.body) return false;
    if (element.isContentEditable || element.matches("textarea, select")) return true;
    return element.matches("input") && !QUIET_INPUTS.has(element.type);
  };

  const usable = (element) => {
    if (element.disabled || element.getAttribute("aria-disabled") === "true" || element.closest("[hidden], [inert]")) return false;
    // The buttons of a row may be out of sight until the pointer is on it; its keys count all the same.
    return Boolean(element.closest("[data-row]")) || element.getClientRects().length > 0;
  };

  const candidates = (key) => [...document.querySelectorAll("[data-key]")].filter((e) => e.dataset.key === key && usable(e));

  const find = (key) => {
    const dialog = openDialog();
    const all = candidates(key).filter((e) => !dialog || dialog.contains(e));
    const scope = document.activeElement?.closest("[data-keys-scope]");
    const current = desk.currentRow?.();
    return (
      (scope && all.find((e) => scope.contains(e))) ||
      (current && all.find((e) => current.contains(e))) ||
      all.find((e) => !e.closest("[data-row]") && !e.closest("[data-keys-scope]")) ||
      all.find((e) => !e.closest("[data-row]")) ||
      null
    );
  };

  const act = (element) => {
    if (element.matches("textarea, select") || (element.matches("input") && !QUIET_INPUTS.has(element.type))) {
      element.focus();
      element.select?.();
    } else if (element.matches("input[type=radio]")) {
      // The key leads to the choice; choosing is done there, with the arrows or the space bar.
      (element.form?.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`) || element).focus();
    } else if (element.matches("summary")) {
      element.parentElement.open = true;
      // At once: the "toggle" event comes later, and what is typed until then would count as shortcuts.
      (element.parentElement.querySelector("input:not([type=hidden]), textarea, select") || element).focus();
    } else {
      element.click();
    }
  };

  const labelOf = (element) => {
    if (element.dataset.keyLabel) return element.dataset.keyLabel;
    if (element.labels?.length) return element.labels[0].textContent.trim();
    const copy = element.cloneNode(true);
    copy.querySelectorAll("kbd").forEach((k) => k.remove());
    return (element.getAttribute("aria-label") || copy.textContent).replace(/\s+/g, " ").trim();
  };

  const help = () => {
    const dialog = document.getElementById("help");
    if (!dialog || dialog.open) return;
    const list = dialog.querySelector("[data-keylist]");
    const known = new Map();
    if (document.querySelector("[data-rows]")) {
      known.set("j", desk.word("nextRow", "Next"));
      known.set("k", desk.word("previousRow", "Previous"));
      known.set("Enter", desk.word("openRow", "Open"));
    }
    for (const element of document.querySelectorAll("[data-key]")) {
      if (!known.has(element.dataset.key)) known.set(element.dataset.key, labelOf(element));
    }
    if (document.querySelector("form[data-submit], button[data-submit], a[data-submit]")) known.set("Ctrl Enter", desk.word("submit", "Submit"));
    known.set("?", desk.word("help", "This list"));
    known.set("Esc", desk.word("leave", "Leave a field, close"));
    list.replaceChildren(...[...known].map(([key, label]) => {
      const line = document.createElement("div");
      const term = document.createElement("dt");
      for (const part of key.split(" ")) {
        const cap = document.createElement("kbd");
        cap.textContent = part;
        term.append(cap, " ");
      }
      const description = document.createElement("dd");
      description.textContent = label;
      line.append(term, description);
      return line;
    }));
    dialog.showModal();
  };
  desk.help = help;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const typing = desk.isTyping(event.target);

    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      const form = event.target.closest?.("form[data-submit]");
      if (form) {
        event.preventDefault();
        form.requestSubmit(form.querySelector("button.primary, button[type=submit], button:not([type])"));
        return;
      }
      const button = [...document.querySelectorAll("button[data-submit], a[data-submit]")].find(usable);
      if (button) {
        event.preventDefault();
        button.click();
      }
      return;
    }
    if (event.key === "Escape" && typing && !openDialog()) {
      event.target.blur();
      desk.currentRow?.()?.querySelector("[data-open]")?.focus({ preventScroll: true });
      return;
    }
    if (typing || off() || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.key === "?") {
      event.preventDefault();
      help();
      return;
    }
    const element = find(event.key);
    if (!element || (event.repeat && element.matches("button, a"))) return;
    event.preventDefault();
    act(element);
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      if (opener.dataset.dialog === "help") help();
      else document.getElementById(opener.dataset.dialog)?.showModal();
      return;
    }
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
    if (event.target.matches("dialog")) event.target.close();
    const menu = document.querySelector("details.menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
