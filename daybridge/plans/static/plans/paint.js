// A week to paint: mouse, touch (hold, then slide) and keys. Without it the same form takes typed times.
"use strict";
(() => {
  const root = document.querySelector("[data-painter]");
  if (!root) return;
  const form = root.closest("form"), field = form.elements.painted, told = root.querySelector("[data-painter-says]");
  const words = JSON.parse(root.dataset.words), [from, to] = root.dataset.hours.split(" ").map(Number);
  const [opens, closes] = root.dataset.open.split(" ").map(Number);
  const lang = document.documentElement.lang, fine = root.querySelector("[data-painter-fine]");
  const clock = (minute, more) => new Intl.DateTimeFormat(lang === "en" ? "en-US" : lang, { hour: "numeric", hour12: true, timeZone: "UTC", ...more })
    .format(new Date(minute * 60000)).replace("AM", "am").replace("PM", "pm");
  const exact = (minute) => clock(minute, minute % 60 ? { minute: "2-digit" } : {});
  let spans = field.value.split(";").filter(Boolean).map((line) => {
    const [kind, firm, ...rest] = line.trim().split(" ");
    const [day, start, end] = rest.map(Number);
    return { kind, firm, day, start, end };
  });
  let step = spans.some((one) => one.start % 30 || one.end % 30) ? 15 : 30;
  let cells = [], here = [0, 0], anchor = null, drag = null, isHandled = false, timer = 0;

  const chosen = (name) => (form.querySelector(`input[name=${name}]:checked`) || {}).value;
  const brush = () => ({ kind: chosen("brush"), firm: chosen("firm") || "hard" });
  const sizeOf = (one, start, end) => Math.min(one.end, end) - Math.max(one.start, start);
  const at = (day, start) => spans.filter((one) => one.day === day && sizeOf(one, start, start + step) > 0)
    .sort((a, b) => sizeOf(b, start, start + step) - sizeOf(a, start, start + step))[0];
  const without = (list, day, start, end) => list.flatMap((one) => {
    if (one.day !== day || sizeOf(one, start, end) <= 0) return [one];
    return [{ ...one, end: start }, { ...one, start: end }].filter((part) => part.start < part.end && part.end <= one.end && part.start >= one.start);
  });

  // The rectangle between two cells in the present colour, on what was there before; joined with its like.
  function fill(before, a, b, pen) {
    const [day1, day2] = [a[0], b[0]].sort((x, y) => x - y), [row1, row2] = [a[1], b[1]].sort((x, y) => x - y);
    const start = from + row1 * step, end = from + (row2 + 1) * step;
    spans = before;
    for (let day = day1; day <= day2; day += 1) {
      spans = without(spans, day, start, end);
      if (!pen.kind) continue;
      const one = { ...pen, day, start, end };
      const like = (other) => other.day === day && other.kind === pen.kind && other.firm === pen.firm && other.start <= one.end && one.start <= other.end;
      for (const other of spans.filter(like)) { one.start = Math.min(one.start, other.start); one.end = Math.max(one.end, other.end); }
      spans = [...spans.filter((other) => !like(other)), one];
    }
    show();
    say(`${words.days[day1]}${day1 === day2 ? "" : ` – ${words.days[day2]}`}, ${exact(start)} – ${exact(end)}: ${state(pen)}`);
  }

  const state = (one) => (one && one.kind ? `${words.kinds[one.kind]}, ${words.firm[one.firm]}` : words.free);
  const same = (one, pen) => Boolean(one) && one.kind === pen.kind && one.firm === pen.firm;
  // Painting over the same colour takes it away again.
  function pen(cell) {
    const now = brush();
    return same(at(cell[0], from + cell[1] * step), now) ? { kind: "", firm: now.firm } : now;
  }

  function build() {
    const rows = [];
    for (let minute = from; minute < to; minute += step) {
      const name = minute % 60 ? "" : `<span>${clock(minute)}</span>`;
      rows.push(`<tr><th scope="row">${name}<span class="sr">${minute % 60 ? exact(minute) : ""}</span></th>${words.days.map(() => '<td><button type="button" tabindex="-1"></button></td>').join("")}</tr>`);
    }
    const head = words.days.map((day, n) => `<th scope="col" aria-label="${day}">${words.short[n]}</th>`).join("");
    root.querySelector("[data-painter-grid]").innerHTML =
      `<table class="paint" role="grid" data-step="${step}" aria-label="${words.grid}"><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
    cells = [...root.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("button")]);
    cells.forEach((row, n) => row.forEach((button, day) => { button.cell = [day, n]; }));
    here = [here[0], Math.min(here[1], cells.length - 1)];
    show();
  }

  function show() {
    cells.forEach((row, n) => row.forEach((button, day) => {
      const start = from + n * step, one = at(day, start), above = n ? at(day, start - step) : null;
      button.dataset.firm = one ? one.firm : "";
      button.textContent = one && !same(above, one) ? words.brief[one.kind] : "";
      button.setAttribute("aria-pressed", String(Boolean(one)));
      button.setAttribute("aria-label", `${words.days[day]} ${exact(start)}, ${state(one)}`);
      button.tabIndex = day === here[0] && n === here[1] ? 0 : -1;
    }));
    field.value = spans.map((one) => `${one.kind} ${one.firm} ${one.day} ${one.start} ${one.end}`).join(";");
    let left = 0;
    for (let day = 0; day < 7; day += 1) {
      for (let minute = opens; minute < closes; minute += 15) left += spans.some((one) => one.firm === "hard" && one.day === day && sizeOf(one, minute, minute + 15) > 0) ? 0 : 15;
    }
    root.querySelector("[data-painter-left]").textContent = words.left.replace("{hours}", Math.round(left / 60));
  }

  const say = (sentence) => { told.textContent = sentence; };
  function go(cell) {
    here = [Math.max(0, Math.min(6, cell[0])), Math.max(0, Math.min(cells.length - 1, cell[1]))];
    show();
    cells[here[1]][here[0]].focus();
  }
  const under = (event) => { const one = document.elementFromPoint(event.clientX, event.clientY); return one && one.cell; };
  const begin = (cell) => { drag = { start: cell, before: spans, pen: pen(cell) }; isHandled = true; here = cell; fill(spans, cell, cell, drag.pen); };

  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Home: [0, -99], End: [0, 99] };
  root.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!event.target.cell || !move) return;
    event.preventDefault();
    if (event.shiftKey && !anchor) anchor = { start: here, before: spans, pen: brush() };
    go([here[0] + move[0], here[1] + move[1]]);
    if (event.shiftKey) fill(anchor.before, anchor.start, here, anchor.pen);
  });
  root.addEventListener("keyup", (event) => { if (event.key === "Shift") anchor = null; });
  root.addEventListener("click", (event) => {
    if (!event.target.cell || isHandled) { isHandled = false; return; }
    here = event.target.cell;
    fill(spans, here, here, pen(here));
  });
  root.addEventListener("pointerdown", (event) => {
    isHandled = false;
    if (!event.target.cell || event.button) return;
    if (event.pointerType === "mouse") begin(event.target.cell);
    else timer = setTimeout(() => begin(event.target.cell), 250);
  });
  root.addEventListener("pointermove", (event) => {
    const cell = drag && under(event);
    if (cell) { here = cell; fill(drag.before, drag.start, cell, drag.pen); }
  });
  const end = () => { clearTimeout(timer); drag = null; };
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end);
  // A finger that slides at once scrolls the page; one that rested first paints.
  root.addEventListener("touchmove", (event) => { if (drag) event.preventDefault(); else clearTimeout(timer); }, { passive: false });
  root.addEventListener("contextmenu", (event) => { if (event.target.cell) event.preventDefault(); });
  fine.addEventListener("click", () => { step = step === 15 ? 30 : 15; fine.setAttribute("aria-pressed", String(step === 15)); build(); });

  root.hidden = false;
  form.elements.drawn.value = "yes";
  const typed = form.querySelector("[data-painter-typed]");
  typed.hidden = typed.disabled = true;
  fine.setAttribute("aria-pressed", String(step === 15));
  build();
})();
