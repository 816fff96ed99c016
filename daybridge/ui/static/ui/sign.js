// The pad to sign on: pointer moves become an SVG path in a hidden field. Typing the name is enough without it.
"use strict";
(() => {
  function prepare(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "1";
    const pad = box.querySelector(".pad");
    const svg = pad.querySelector("svg:not(.icon)");
    const path = svg.querySelector("path");
    const field = box.querySelector("input[type=hidden]");
    if (!field) return;
    let drawing = null;
    pad.hidden = false;

    function point(event) {
      const frame = svg.getBoundingClientRect();
      const x = Math.round((event.clientX - frame.left) / frame.width * 600);
      const y = Math.round((event.clientY - frame.top) / frame.height * 160);
      return `${Math.min(Math.max(x, 0), 600)} ${Math.min(Math.max(y, 0), 160)}`;
    }
    const show = () => path.setAttribute("d", field.value);
    svg.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      drawing = event.pointerId;
      svg.setPointerCapture(drawing);
      field.value += `M${point(event)}`;
    });
    svg.addEventListener("pointermove", (event) => {
      if (event.pointerId !== drawing || field.value.length > 19000) return;
      field.value += `L${point(event)}`;
      show();
    });
    const lift = (event) => { if (event.pointerId === drawing) drawing = null; };
    svg.addEventListener("pointerup", lift);
    svg.addEventListener("pointercancel", lift);
    pad.querySelector("[data-sign-clear]").addEventListener("click", () => { field.value = ""; show(); });
    show();
  }
  const all = () => document.querySelectorAll("[data-sign]").forEach(prepare);
  document.addEventListener("htmx:afterSwap", all);
  all();
})();
