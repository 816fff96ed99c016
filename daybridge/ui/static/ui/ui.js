// What a page does beyond links and forms. Every part stands on something that works without it.
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);

  // A refusal (403, 404, 409, 422) that is a piece is shown where the answer belongs; a whole page is not.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { status, responseText } = detail.xhr;
    if (status === 401) return location.reload();
    if (status >= 400 && status < 500 && !/^\s*<!doctype/i.test(responseText)) {
      detail.shouldSwap = true;
      detail.isError = false;
    }
  });

  // The error summary takes the focus.
  const focusProblem = (root) => find(".errors", root)?.focus();
  document.addEventListener("htmx:afterSwap", ({ target }) => focusProblem(target));

  // Toasts leave after ten seconds, but not while somebody points at them or is inside.
  const STAY = 10000;
  function mind(toast) {
    if (toast.dataset.minded) return;
    toast.dataset.minded = "1";
    const close = find("[data-close]", toast);
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) return wait();
      toast.dataset.leaving = "1";
      setTimeout(() => toast.remove(), 320);
    };
    let timer;
    const wait = () => { clearTimeout(timer); timer = setTimeout(leave, STAY); };
    if (close) {
      close.hidden = false;
      close.addEventListener("click", () => toast.remove());
    }
    wait();
  }
  const region = find(".toasts");
  const mindAll = () => document.querySelectorAll("[data-toast]").forEach(mind);
  if (region) new MutationObserver(mindAll).observe(region, { childList: true });

  // A form is sent once. It opens again when the answer is here, when one comes back, or after ten seconds.
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1]; // newer than the page after signing in again elsewhere
    if (token && form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = token;
    form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(release, STAY, form);
  }, true);
  document.addEventListener("htmx:afterRequest", ({ target }) => {
    const form = target.closest("form");
    if (form) release(form);
  });
  addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach(release));

  // Dialogs: the link that opens one still leads somewhere without script.
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const opener = event.target.closest("[data-open], [data-palette]");
    const dialog = opener && (opener.dataset.open
      ? find(`dialog[data-dialog="${CSS.escape(opener.dataset.open)}"]`) : find("[data-palette-dialog]"));
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
      find("input:not([type=hidden])", dialog)?.select();
    }
    const shut = event.target.closest("dialog [data-shut]");
    if (shut || event.target.matches("dialog.palette")) event.target.closest("dialog").close();
  });

  // Palette: Ctrl-K or ⌘K; arrows move through what was found, Enter opens the first.
  const palette = find("[data-palette-dialog]");
  if (palette) palette.addEventListener("keydown", (event) => {
    const links = [...palette.querySelectorAll(".results a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (next < 0 ? find("input", palette) : links[Math.min(next, links.length - 1)])?.focus();
    } else if (event.key === "Enter" && at < 0 && links.length) {
      event.preventDefault();
      links[0].click();
    }
  });

  // Lists: j and k walk through the rows, Enter follows the link as always.
  function walk(step) {
    const rows = [...document.querySelectorAll(".list .what a, .slip h3 a, .table tbody a:first-of-type")];
    if (rows.length) rows[Math.min(Math.max(rows.indexOf(document.activeElement) + step, 0), rows.length - 1)].focus();
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && palette) {
      event.preventDefault();
      if (!palette.open) palette.showModal();
      find("input", palette).select();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey
        && !event.target.closest("input, textarea, select, dialog, [contenteditable]")) {
      if (event.key === "j") walk(1);
      if (event.key === "k") walk(-1);
    }
  });

  // On a phone the rail is a row that scrolls: where one is stays in sight.
  const place = find(".rail [aria-current]"), row = place?.parentElement.closest("ul, ol, nav, .rail");
  if (row && row.scrollWidth > row.clientWidth) place.scrollIntoView({ block: "nearest", inline: "nearest" });

  mindAll();
  focusProblem(document);
})();
