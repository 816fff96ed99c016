// The idle lock: a minute's warning, then the screen closes; what was typed is kept first.
"use strict";
(() => {
  const { idle, lock } = document.body.dataset;
  const words = document.querySelector("[data-words]")?.dataset;
  if (!Number(idle) || !words) return;
  const LAST = "daybridge:active";
  const WARN = 60000;
  const now = () => Date.now();
  let told = now(), box = null;
  const last = () => { try { return Number(localStorage.getItem(LAST)) || told; } catch { return told; } };

  // Only what reaches the server counts there, so being active is told to it, once a minute at most.
  function active() {
    if (now() - told < WARN) return;
    told = now();
    fetch("/drafts/pulse/", { headers: { Accept: "application/json" } })
      .then((answer) => { if (answer.ok) mark(); }).catch(() => {});
  }
  function mark() {
    try { localStorage.setItem(LAST, String(now())); } catch { told = now(); }
    if (box) { box.remove(); box = null; }
  }
  function warn() {
    box = Object.assign(document.createElement("div"), { className: "toast", role: "alert" });
    const stay = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: words.stay });
    stay.addEventListener("click", () => { told = 0; active(); });
    box.append(words.idle, stay);
    document.querySelector(".toasts")?.append(box);
  }
  function look() {
    const left = last() + Number(idle) * 1000 - now();
    if (left < -2000) {
      document.dispatchEvent(new Event("daybridge:keep"));
      setTimeout(() => { if (lock) location.assign(`${lock}?next=${encodeURIComponent(location.pathname + location.search)}`); else location.reload(); }, 500);
    } else if (left < WARN && !box) warn();
    else if (left >= WARN && box) mark();
  }
  ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, (event) => {
    if (!box || !box.contains(event.target)) active();
  }, { passive: true }));
  mark();
  setInterval(look, 5000);
})();
