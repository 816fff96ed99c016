// Copies a link that is shown once; without a clipboard the text can still be selected.
"use strict";
(() => {
  const field = document.querySelector("[data-copy]");
  const button = document.querySelector("[data-copy-act]");
  if (!field) return;
  field.addEventListener("focus", () => field.select());
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(field.value).then(() => { button.dataset.done = "1"; field.select(); }).catch(() => field.select()));
})();
