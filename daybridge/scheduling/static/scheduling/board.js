// Moving a session on the board: by mouse, or by Alt and arrow keys and Enter. Both send the form of the move page.
"use strict";
(() => {
  const board = document.querySelector("[data-board]");
  const form = document.querySelector("[data-board-form]");
  if (!board || !form) return;
  const says = document.querySelector("[data-board-says]");
  const OPENS = 480, CLOSES = 1260, STEP = 15, FAR = 6;
  const mark = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}${String(minute % 60).padStart(2, "0")}`;
  const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(-2));
  const tracks = () => [...board.querySelectorAll("[data-room]")];

  function put(block, track, start) {
    const long = Math.ceil(Number(block.dataset.minutes) / STEP) * STEP;
    const at = Math.max(OPENS, Math.min(CLOSES - long, Math.round(start / STEP) * STEP));
    block.className = block.className.replace(/from-\d+ to-\d+/, `from-${mark(at)} to-${mark(at + long)}`);
    block.dataset.at = at;
    if (track && block.parentElement !== track) track.append(block);
    return at;
  }

  function hold(block) {
    if (block.dataset.held) return;
    block.dataset.held = "1";
    block.dataset.at = minutes(block.dataset.start);
    block.home = { track: block.parentElement, next: block.nextSibling, looks: block.className };
  }

  function back(block) {
    block.className = block.home.looks;
    block.home.track.insertBefore(block, block.home.next);
    delete block.dataset.held;
    says.textContent = "";
  }

  function send(block) {
    const track = block.parentElement;
    if (track === block.home.track && Number(block.dataset.at) === minutes(block.dataset.start)) return back(block);
    const at = mark(Number(block.dataset.at));
    form.action = block.dataset.move;
    form.elements.day.value = track.dataset.day;
    form.elements.start.value = `${at.slice(0, 2)}:${at.slice(2)}`;
    form.elements.minutes.value = block.dataset.minutes;
    form.elements.room.value = track.dataset.room;
    form.elements.lead.value = block.dataset.lead;
    form.requestSubmit();
  }

  // By mouse or pen. A finger scrolls; it opens the session, whose page has the form.
  let drag = null;
  board.addEventListener("pointerdown", (event) => {
    const block = event.target.closest("[data-move]");
    if (!block || event.button || event.pointerType === "touch") return;
    drag = { block, x: event.clientX, y: event.clientY, grip: event.clientX - block.getBoundingClientRect().left };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.on && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    if (!drag.on) hold(drag.block);
    drag.on = true;
    event.preventDefault();
    const track = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches?.("[data-room]"));
    const room = (track || drag.block.parentElement).querySelector(".room").getBoundingClientRect();
    const wide = board.getBoundingClientRect().right - room.right;
    put(drag.block, track, OPENS + ((event.clientX - drag.grip - room.right) / wide) * (CLOSES - OPENS));
  });
  addEventListener("pointerup", () => {
    const was = drag;
    drag = null;
    if (!was?.on) return;
    was.block.addEventListener("click", (event) => event.preventDefault(), { once: true });
    send(was.block);
  });

  // By keyboard.
  board.addEventListener("keydown", (event) => {
    const block = event.target.closest("[data-move]");
    if (!block) return;
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key], row = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && (step || row)) {
      event.preventDefault();
      hold(block);
      const all = tracks(), at = all.indexOf(block.parentElement) + (row || 0);
      const now = put(block, all[Math.max(0, Math.min(at, all.length - 1))], Number(block.dataset.at) + (step || 0));
      block.focus();
      const track = block.parentElement;
      says.textContent = `${track.dataset.day} ${mark(now).slice(0, 2)}:${mark(now).slice(2)} ${track.querySelector(".room").textContent.trim()}`;
    } else if (block.dataset.held && event.key === "Enter") {
      event.preventDefault();
      send(block);
    } else if (block.dataset.held && event.key === "Escape") {
      back(block);
      block.focus();
    }
  });
})();
