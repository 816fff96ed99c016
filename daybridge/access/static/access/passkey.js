// Says in the page what went wrong with a passkey; without passkeys in this browser the button says so.
"use strict";
(() => {
  const say = (key) => {
    const words = document.querySelector("[data-passkey-words]");
    if (!words) return;
    words.hidden = false;
    words.querySelector("span").textContent = words.dataset[key];
    words.scrollIntoView({ block: "nearest" });
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
    document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say(window.PublicKeyCredential ? "stopped" : "missing");
  });
})();
