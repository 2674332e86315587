/* The window that the bookmarklet opens takes the page from the window that opened it, and from nobody else: the message must
   come from that very window, and from the site whose address stands on this page. What comes is only put into a field. */
(() => {
  "use strict";
  const form = document.querySelector("[data-from-browser]");
  const seen = document.getElementById("page-state");
  const opener = window.opener;
  if (!form || !seen || !opener) return;
  const field = form.elements.html;

  const siteOf = (address) => {
    try { return new URL(address).origin; } catch { return null; }
  };
  const site = siteOf(form.elements.url.value);

  const size = (letters) => new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumFractionDigits: 0 }).format(Math.max(1, letters / 1000));
  window.addEventListener("message", (event) => {
    if (event.source !== opener || !site || event.origin !== site) return;
    const { is, html } = event.data || {};
    if (is !== "fact-desk-page" || typeof html !== "string" || field.value) return;
    if (html.length > Number(form.dataset.longest)) {
      seen.textContent = seen.dataset.tooLong;
      return;
    }
    field.value = html;
    seen.textContent = `${seen.dataset.here} (${size(html.length)} kB)`;
  });
  // Says nothing but that this window listens; whose page it is opened from is not known before it answers.
  opener.postMessage("fact-desk-ready", "*");
})();
