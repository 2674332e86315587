/* Says what happened: in the live region for screen readers, in a toast for eyes, and what to do when a save failed.
   Server: HX-Trigger: {"announce": "Accepted."} or {"announce": {"text": "…", "kind": "good|warn|bad", "quiet": true}}.
   Words come translated from the data attributes of #words. */
(() => {
  "use strict";
  const desk = (window.desk = window.desk || {});
  const words = () => document.getElementById("words")?.dataset || {};
  desk.word = (key, fallback) => words()[key] || fallback;

  const STAY = 7000;
  let signedOut = false;

  desk.announce = (text, { kind = "info", quiet = false, link = null } = {}) => {
    if (!text) return;
    const live = document.getElementById(kind === "bad" ? "live-now" : "live");
    if (live) {
      // The same words twice are only read out again when the region was empty in between.
      live.textContent = "";
      requestAnimationFrame(() => { live.textContent = text; });
    }
    if (quiet) return;
    const shelf = document.getElementById("toasts");
    if (!shelf) return;
    for (const old of shelf.children) if (old.dataset.text === text) old.remove();
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.kind = kind;
    toast.dataset.text = text;
    const span = document.createElement("span");
    span.textContent = text;
    toast.append(span);
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = link.href;
      anchor.target = "_blank";
      anchor.rel = "noopener";
      anchor.textContent = link.text;
      toast.append(anchor);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = desk.word("close", "Close");
    close.addEventListener("click", () => toast.remove());
    toast.append(close);
    shelf.append(toast);
    while (shelf.children.length > 3) shelf.firstElementChild.remove();
    if (kind !== "bad") {
      let timer;
      const start = () => { timer = setTimeout(() => toast.remove(), STAY); };
      const hold = () => clearTimeout(timer);
      toast.addEventListener("pointerenter", hold);
      toast.addEventListener("focusin", hold);
      toast.addEventListener("pointerleave", start);
      toast.addEventListener("focusout", start);
      start();
    }
  };

  document.addEventListener("announce", (event) => {
    const detail = event.detail || {};
    const said = typeof detail === "string" ? detail : detail.text || detail.value;
    desk.announce(said, { kind: detail.kind, quiet: detail.quiet });
  });

  const isLogin = (html) => /<body[^>]*data-page="login"/.test(html || "");

  const tellSignedOut = (polling) => {
    if (signedOut && polling) return;
    signedOut = true;
    const href = document.body.dataset.loginUrl;
    desk.announce(desk.word("signedOut", "You were signed out. What you typed is kept: sign in again in a new tab, then save here."), {
      kind: "bad",
      link: href ? { href, text: desk.word("signIn", "Sign in") } : null,
    });
  };

  // A new sign-in brings a new CSRF token, so this page fetches itself once to learn it and can then save as before.
  const renew = async () => {
    if (!signedOut || document.hidden) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || page.body.dataset.page === "login") return;
      if (page.body.dataset.user !== document.body.dataset.user) {
        // What the first person typed here would be saved in the other one's name.
        document.getElementById("toasts")?.replaceChildren();
        desk.announce(desk.word("otherPerson", "Somebody else is signed in now. Copy what you typed, then reload the page."), { kind: "bad" });
        return;
      }
      const headers = page.body.getAttribute("hx-headers");
      if (headers) document.body.setAttribute("hx-headers", headers);
      const fresh = headers && JSON.parse(headers)["X-CSRFToken"];
      if (fresh) document.querySelectorAll('input[name="csrfmiddlewaretoken"]').forEach((input) => { input.value = fresh; });
      signedOut = false;
      document.getElementById("toasts")?.replaceChildren();
      desk.announce(desk.word("signedIn", "You are signed in again. Save now."), { kind: "good" });
    } catch { /* Still offline: the next time this tab is looked at it tries again. */ }
  };
  document.addEventListener("visibilitychange", renew);
  window.addEventListener("focus", renew);

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr } = event.detail;
    const redirect = xhr.getResponseHeader("HX-Redirect") || "";
    const login = document.body.dataset.loginUrl;
    const toLogin = login && redirect && redirect.split("?")[0] === login.split("?")[0];
    if (xhr.status === 401 || toLogin || isLogin(xhr.responseText)) {
      if (document.body.dataset.page === "login") return;
      event.preventDefault();
      document.dispatchEvent(new CustomEvent("desk:failed", { detail: { element: event.detail.elt } }));
      tellSignedOut(isPoll(event));
    }
  });

  // A background poll that fails says nothing: it will ask again, and nobody lost anything.
  const BY_ITSELF = new Set([undefined, "load", "revealed", "desk:current"]);
  const isPoll = (event) => event.detail.requestConfig?.verb === "get" && BY_ITSELF.has(event.detail.requestConfig.triggeringEvent?.type);
  const failed = (event, text) => {
    if (isPoll(event)) return;
    document.dispatchEvent(new CustomEvent("desk:failed", { detail: { element: event.detail.elt } }));
    desk.announce(text, { kind: "bad" });
  };
  const notSaved = () => desk.word("notSaved", "Not saved. Nothing is lost: try again.");
  const notLoaded = () => desk.word("notLoaded", "That did not load. Nothing is lost: try again.");
  const textFor = (event) => (event.detail.requestConfig?.verb === "get" ? notLoaded() : notSaved());
  // What failed for want of a connection has been said; when a step arrives again, it would be read as that step's answer.
  const CUT_OFF = () => [desk.word("noConnection", "No connection to the desk."), desk.word("noAnswer", "The desk did not answer.")];
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || event.detail.requestConfig?.verb === "get") return;
    for (const toast of [...(document.getElementById("toasts")?.children || [])]) {
      if (CUT_OFF().some((words) => toast.dataset.text.startsWith(words))) toast.remove();
    }
  });
  document.addEventListener("htmx:sendError", (event) => failed(event, `${desk.word("noConnection", "No connection to the desk.")} ${textFor(event)}`));
  document.addEventListener("htmx:timeout", (event) => failed(event, `${desk.word("noAnswer", "The desk did not answer.")} ${textFor(event)}`));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    const said = xhr.getResponseHeader("X-Desk-Message");
    if (said) return failed(event, decodeURIComponent(said));
    if (xhr.status === 403) return failed(event, desk.word("notAllowed", "You may not do that, or this page is too old. Nothing is lost: reload and try again."));
    if (xhr.status === 404) return failed(event, desk.word("gone", "This is not there any more. Reload the page."));
    if (xhr.status === 429) return failed(event, desk.word("tooFast", "Too many at once. Wait a moment and try again."));
    return failed(event, textFor(event));
  });

  // data-copy="#id" or data-copy-text="…": copies, and says so.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-text]");
    if (!button) return;
    const source = button.dataset.copy ? document.querySelector(button.dataset.copy) : null;
    const text = button.dataset.copyText ?? (source?.value ?? source?.textContent ?? "");
    try {
      await navigator.clipboard.writeText(text);
      desk.announce(desk.word("copied", "Copied."), { kind: "good" });
    } catch {
      desk.announce(desk.word("notCopied", "Your browser does not let this page copy. Select the text and copy it yourself."), { kind: "warn" });
    }
  });
})();
