/* What a person typed is never lost. A form with data-draft-key="claim-12-explanation" keeps its fields in this browser
   until the save succeeded, and offers them back after a reload, a crash or a new sign-in.
     data-draft-key="…"    one name for one form and one thing; the signed-in user is added here
     data-draft-skip       on a field: not kept (files and passwords never are)
     data-draft-keep       on a hidden field: kept too (where a new claim starts and ends)
     data-draft-done="…"   on any element of a later page: that draft was saved, forget it
     HX-Trigger {"draftSaved": {"key": "…"}} does the same. An htmx save that is answered 2xx needs neither. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const PREFIX = "desk-draft:";
  const AGE = 1000 * 60 * 60 * 24 * 30;
  const who = () => document.body.dataset.user || "";
  const nameOf = (key) => `${PREFIX}${who()}:${key}`;
  const forms = () => [...document.querySelectorAll("form[data-draft-key]")];
  const timers = new WeakMap();
  const unkept = new Set();

  const LEFT_OUT = new Set(["password", "file", "submit", "button", "reset"]);
  const kept = (e) => e.name && e.name !== "csrfmiddlewaretoken" && !LEFT_OUT.has(e.type) && !e.hasAttribute("data-draft-skip") && (e.type !== "hidden" || e.hasAttribute("data-draft-keep"));
  const fields = (form) => [...form.elements].filter(kept);
  const read = (form) => {
    const values = {};
    for (const e of fields(form)) {
      if (e.type === "radio") { if (e.checked) values[e.name] = e.value; else values[e.name] ??= null; }
      else if (e.type === "checkbox") (values[e.name] ??= []).push(...(e.checked ? [e.value] : []));
      else if (e.multiple && e.options) values[e.name] = [...e.selectedOptions].map((o) => o.value);
      else values[e.name] = e.value;
    }
    return values;
  };
  const write = (form, values) => {
    for (const e of fields(form)) {
      const value = values[e.name];
      if (value === undefined) continue;
      if (e.type === "radio") e.checked = e.value === value;
      else if (e.type === "checkbox") e.checked = (value || []).includes(e.value);
      else if (e.multiple && e.options) for (const o of e.options) o.selected = (value || []).includes(o.value);
      else e.value = value ?? "";
      e.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  const load = (key) => {
    try { return JSON.parse(localStorage.getItem(nameOf(key))); } catch { return null; }
  };
  const forget = (key) => {
    try { localStorage.removeItem(nameOf(key)); } catch { /* Storage is switched off; there is nothing to forget. */ }
    unkept.delete(key);
  };
  desk.forgetDraft = forget;

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const started = new WeakMap();
  const onOffer = new WeakMap();
  const keep = (form, extra = {}) => {
    const key = form.dataset.draftKey;
    const values = read(form);
    const before = onOffer.get(form);
    if (same(values, started.get(form)) && !extra.sent) {
      if (!before) forget(key);
      return;
    }
    try {
      // Typing on while an older draft is still on offer keeps both.
      localStorage.setItem(nameOf(key), JSON.stringify({ values, before, at: Date.now(), path: location.pathname, ...extra }));
      unkept.delete(key);
    } catch {
      unkept.add(key);
    }
  };

  const offer = (form) => {
    if (started.has(form)) return;
    started.set(form, read(form));
    const key = form.dataset.draftKey;
    const draft = load(key);
    if (!draft?.values) return;
    if (Date.now() - draft.at > AGE || same(draft.values, read(form))) return forget(key);
    const banner = document.createElement("div");
    banner.className = "banner";
    banner.dataset.kind = "warn";
    banner.setAttribute("role", "status");
    const when = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" }).format(draft.at);
    const text = document.createElement("span");
    text.textContent = `${desk.word("draftKept", "What you typed here was not saved. It is kept from")} ${when}.`;
    const actions = document.createElement("span");
    actions.className = "actions";
    const done = () => { onOffer.delete(form); banner.remove(); };
    const backButton = (words, values) => {
      const back = document.createElement("button");
      back.type = "button";
      back.textContent = words;
      back.addEventListener("click", () => {
        write(form, values);
        done();
        keep(form);
        fields(form).find((e) => e.type !== "hidden" && e.matches("textarea, input"))?.focus();
      });
      return back;
    };
    onOffer.set(form, draft.values);
    actions.append(backButton(desk.word("draftBack", "Put it back"), draft.values));
    if (draft.before) actions.append(backButton(desk.word("draftBefore", "Put the one before it back"), draft.before));
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "quiet";
    drop.textContent = desk.word("draftDrop", "Throw away");
    drop.addEventListener("click", () => { forget(key); done(); });
    actions.append(drop);
    banner.append(text, actions);
    form.prepend(banner);
    form.hidden = false;
  };

  const formOf = (event) => event.target.form?.matches?.("[data-draft-key]") ? event.target.form : event.target.closest?.("form[data-draft-key]");
  const later = (event) => {
    const form = formOf(event);
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => form.isConnected && keep(form), 250));
  };
  document.addEventListener("input", later);
  document.addEventListener("change", later);
  window.addEventListener("pagehide", () => forms().forEach((form) => { if (started.has(form) && !same(read(form), started.get(form)) && !load(form.dataset.draftKey)?.sent) keep(form); }));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("[data-draft-key]")) return;
    clearTimeout(timers.get(form));
    keep(form, { sent: true, action: new URL(form.action || location.href, location.href).pathname });
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    // htmx names the nearest element still on the page; the one that asked may have been swapped away with its form.
    const asked = event.detail.requestConfig?.elt || event.detail.elt;
    const form = asked.form?.matches?.("[data-draft-key]") ? asked.form : asked.closest?.("form[data-draft-key]");
    if (!form || event.detail.requestConfig?.verb === "get") return;
    const status = event.detail.xhr?.status || 0;
    // Not `successful`: htmx leaves it unset when the answer sends one to another page.
    if (status >= 200 && status < 300) {
      forget(form.dataset.draftKey);
      started.set(form, read(form));
    } else {
      keep(form);
    }
  });
  document.addEventListener("draftSaved", (event) => forget(event.detail?.key || event.detail?.value));

  // Only when this browser could not keep the text does leaving the page need a question.
  window.addEventListener("beforeunload", (event) => {
    const guarded = [...document.querySelectorAll("form[data-guard]")].some((form) => started.has(form) && !same(read(form), started.get(form)) && !form.dataset.leaving);
    if (unkept.size || guarded) event.preventDefault();
  });
  document.addEventListener("submit", (event) => { event.target.dataset.leaving = "1"; unkept.delete(event.target.dataset.draftKey); });

  const sweep = () => {
    document.querySelectorAll("[data-draft-done]").forEach((e) => forget(e.dataset.draftDone));
    if (document.body.dataset.page !== "login" && document.body.dataset.page !== "error") {
      try {
        for (const name of Object.keys(localStorage)) {
          if (!name.startsWith(`${PREFIX}${who()}:`)) continue;
          const draft = JSON.parse(localStorage.getItem(name));
          const elsewhere = draft.sent && draft.action !== location.pathname && draft.path !== location.pathname;
          if (elsewhere || Date.now() - draft.at > AGE) localStorage.removeItem(name);
        }
      } catch { /* Storage is switched off or holds something foreign; drafts that cannot be read are left alone. */ }
    }
    forms().forEach(offer);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", sweep);
  else sweep();
  document.addEventListener("htmx:afterSettle", () => {
    document.querySelectorAll("[data-draft-done]").forEach((e) => forget(e.dataset.draftDone));
    forms().forEach(offer);
  });
})();
