// Drafts: what is typed is kept as one types, survives a lost network and a lost session, and comes back.
// The browser holds a copy only until the server has confirmed its own.
"use strict";
(() => {
  const words = document.querySelector("[data-words]")?.dataset ?? {};
  const who = document.body.dataset.who;
  if (!who) return; // nothing is kept for people who are not signed in
  const say = (text) => { const region = document.querySelector("[data-says]"); if (region) region.textContent = text; };
  const place = (key) => `daybridge:draft:${who}:${key}`;
  const local = (key) => { try { return JSON.parse(localStorage.getItem(place(key))); } catch { return null; } };
  const keep = (key, copy) => { try { localStorage.setItem(place(key), JSON.stringify(copy)); return true; } catch { return false; } };
  const drop = (key) => { try { localStorage.removeItem(place(key)); } catch { /* storage is closed to us */ } };
  // After signing in again in another tab the cookie knows the new token, the page only the old one.
  const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1]
    ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const post = (url, fields) => fetch(url, { method: "POST", redirect: "manual", headers: { Accept: "application/json" },
    keepalive: JSON.stringify(fields).length < 60000, body: new URLSearchParams({ csrfmiddlewaretoken: token(), ...fields }) });

  // The server took a form in: its copy here goes too.
  function settle() {
    const done = document.cookie.split("; ").find((part) => part.startsWith("draft_done="));
    if (!done) return;
    const key = decodeURIComponent(done.slice(11));
    drop(key);
    document.cookie = "draft_done=; Max-Age=0; Path=/";
    document.querySelectorAll("form[data-draft]").forEach((form) => { if (form.dataset.draft === key) forms.get(form)?.reset(); });
  }

  const kept = (input) => input.name && !["password", "file", "submit", "button", "image"].includes(input.type)
    && input.name !== "csrfmiddlewaretoken" && input.name !== "_draft" && !input.closest("[data-draft-skip]");
  const read = (form) => [...form.elements].filter(kept)
    .flatMap((input) => {
      if (["checkbox", "radio"].includes(input.type)) return input.checked ? [[input.name, input.value]] : [];
      if (input.type === "select-multiple") return [...input.selectedOptions].map((option) => [input.name, option.value]);
      return [[input.name, input.value]];
    });
  const grouped = (pairs) => pairs.reduce((all, [name, value]) => ({ ...all, [name]: [...(all[name] ?? []), value] }), {});
  function write(form, fields) {
    const left = structuredClone(fields);
    [...form.elements].filter(kept).forEach((input) => {
      const values = left[input.name] ?? [];
      if (["checkbox", "radio"].includes(input.type)) input.checked = values.includes(input.value);
      else if (input.type === "select-multiple") [...input.options].forEach((option) => { option.selected = values.includes(option.value); });
      else if (values.length) input.value = values.shift();
    });
    form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  }

  const forms = new Map();
  function watch(form) {
    if (forms.has(form)) return;
    const key = form.dataset.draft;
    const shown = form.querySelector("[data-draft-says]") ?? document.querySelector(`[data-draft-says="${CSS.escape(key)}"]`)
      ?? form.appendChild(Object.assign(document.createElement("p"), { className: "saved draft-says" }));
    let version = 0, timer = 0, busy = false, again = false, choosing = false, touched = false, sending = false;

    function tell(text, link) {
      shown.textContent = text;
      if (link) shown.append(" ", Object.assign(document.createElement("a"), { href: link, target: "_blank", textContent: words.signIn }));
      say(text);
    }
    const signIn = () => `${words.signInUrl}?next=${encodeURIComponent(location.pathname + location.search)}`;
    async function save() {
      clearTimeout(timer);
      if (choosing || sending) return;
      if (busy) { again = true; return; }
      busy = true;
      const typed = JSON.stringify(read(form));
      try {
        const answer = await post("/drafts/", { key, fields_typed: typed, version, url: location.pathname + location.search,
          title: document.title.replace(/ - Daybridge$/, "") });
        if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) tell(words.signedOut, signIn());
        else if (answer.status === 409) choose(await answer.json());
        else if (answer.status === 422) tell((await answer.json()).error);
        else if (!answer.ok) tell(words.kept);
        else {
          const told = await answer.json();
          version = told.version;
          if (JSON.stringify(read(form)) === typed) drop(key);
          tell(words.saved.replace("%s", told.saved));
        }
      } catch { tell(words.kept); }
      busy = false;
      if (again) { again = false; save(); }
    }
    function choose(other) {
      choosing = true;
      const box = Object.assign(document.createElement("div"), { className: "draft-choice" });
      const pick = (label, act) => {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "button row", textContent: label });
        button.addEventListener("click", () => { version = other.version; choosing = false; box.remove(); act(); });
        box.append(button);
      };
      box.append(words.conflict.replace("%s", other.saved));
      pick(words.mine, save);
      pick(words.theirs, () => { write(form, other.fields); drop(key); tell(words.saved.replace("%s", other.saved)); });
      shown.before(box);
      say(box.firstChild.textContent);
    }
    function typed(event) {
      if (event.target.matches && !kept(event.target)) return;
      keep(key, { fields: grouped(read(form)), version });
      clearTimeout(timer);
      timer = setTimeout(save, 1000);
    }
    async function restore() {
      const copy = local(key);
      const fresh = form.querySelector(".errors, [aria-invalid=true]") || form.hasAttribute("data-draft-fresh")
        || (performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0) >= 400;
      try {
        const answer = await fetch(`/drafts/one/?key=${encodeURIComponent(key)}`, { headers: { Accept: "application/json" }, redirect: "manual" });
        const held = answer.ok ? await answer.json() : { version: 0, fields: {}, saved: "" };
        version = held.version;
        if (fresh || touched) return;
        if (copy && copy.version === held.version) { write(form, copy.fields); save(); }
        else if (copy && held.version) { write(form, copy.fields); choose(held); }
        else if (held.version) { write(form, held.fields); tell(words.restored.replace("%s", held.saved)); offerOver(); }
      } catch { if (copy && !fresh && !touched) { write(form, copy.fields); tell(words.kept); } }
    }
    function offerOver() {
      const over = Object.assign(document.createElement("button"), { type: "button", className: "button quiet row", textContent: words.over });
      over.addEventListener("click", async () => { drop(key); await post("/drafts/discard/", { key }); location.reload(); });
      shown.append(" ", over);
    }
    form.addEventListener("input", (event) => { touched = true; typed(event); });
    form.addEventListener("submit", () => { sending = true; clearTimeout(timer); });
    const back = () => { sending = false; };
    form.addEventListener("htmx:afterRequest", back);
    addEventListener("pageshow", back);
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "_draft", value: key }));
    forms.set(form, { save, reset: () => { clearTimeout(timer); version = 0; touched = false; }, pending: () => local(key) });
    restore();
  }

  const all = () => { settle(); document.querySelectorAll("form[data-draft]").forEach(watch); };
  const saveAll = () => forms.forEach((form) => { if (form.pending()) form.save(); });
  document.addEventListener("htmx:afterSettle", all);
  addEventListener("online", saveAll);
  document.addEventListener("visibilitychange", saveAll);
  document.addEventListener("daybridge:keep", saveAll);
  all();
})();
