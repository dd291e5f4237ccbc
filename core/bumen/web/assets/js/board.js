// Cards of a board go from column to column: dragged, or by the menu that every card has.
// Both press the same button, so that only what may be done now can be done.
import Modal from "bootstrap/js/dist/modal";
import Sortable from "sortablejs";

import { refresh, say, send } from "./views/send.js";

export function start(board) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const cards of board.querySelectorAll("[data-cards]")) {
    Sortable.create(cards, {
      group: { name: "board", put: (to, _from, card) => Boolean(wayTo(card, columnOf(to.el))) },
      draggable: "[data-card]",
      filter: ".dropdown",
      preventOnFilter: false,
      sort: false,
      delay: 180,
      delayOnTouchOnly: true,
      touchStartThreshold: 6,
      animation: calm ? 0 : 150,
      ghostClass: "board-ghost",
      onStart: ({ item }) => mark(board, item),
      onEnd: (event) => dropped(board, event),
    });
  }
  board.addEventListener("click", (event) => {
    const way = event.target.closest("[data-to]");
    if (!way) return;
    event.preventDefault();
    go(board, way).then(() => backTo(way.closest("[data-card]").id));
  });
}

const columnOf = (element) => element.closest("[data-column]");

// The button of a card's menu that leads to a column, if any does now.
function wayTo(card, column) {
  const ways = [...card.querySelectorAll("[data-to]")];
  return ways.find((way) => way.dataset.to === column.dataset.column);
}

// While a card is in the air, columns show whether it may land there.
function mark(board, card) {
  board.classList.add("board-moving");
  for (const column of board.querySelectorAll("[data-column]")) {
    const home = column.contains(card);
    column.classList.toggle("board-open", !home && Boolean(wayTo(card, column)));
    column.classList.toggle("board-shut", !home && !wayTo(card, column));
  }
}

async function dropped(board, { item, from, to, oldDraggableIndex }) {
  board.classList.remove("board-moving");
  for (const column of board.querySelectorAll("[data-column]")) {
    column.classList.remove("board-open", "board-shut");
  }
  if (from === to) return;
  const done = await go(board, wayTo(item, columnOf(to)));
  if (!done) from.insertBefore(item, from.querySelectorAll("[data-card]")[oldDraggableIndex] ?? null);
}

// Does what a button stands for, after asking what has to be asked; then the board shows how things
// are. Returns whether it does: not when people change their mind, and not when nobody answers.
async function go(board, way) {
  const body = new FormData(board.querySelector("[data-moves]"));
  body.set("version", way.value);
  const ask = way.dataset.asks && document.getElementById(way.dataset.asks);
  const told = await (ask ? asked(ask, way, body) : send(way.formAction, body));
  if (!told) return false;
  say(told.message, { bad: !told.done });
  if (!told.status) return false;
  await refresh();
  return true;
}

// Opens a dialog and sends what is typed there; returns nothing when people change their mind.
function asked(dialog, way, body) {
  const modal = Modal.getOrCreateInstance(dialog);
  const form = dialog.querySelector("form");
  form.reset();
  correct(form, {});
  form.querySelector("[data-whom]").textContent = way.closest("[data-card]").querySelector("a").textContent;
  return new Promise((resolve) => {
    const sent = async (event) => {
      event.preventDefault();
      for (const [name, value] of new FormData(form)) body.set(name, value);
      const told = await send(way.formAction, body);
      if (told.status === 422 && correct(form, told.fields)) return;
      settle(told);
    };
    const settle = (told) => {
      form.removeEventListener("submit", sent);
      dialog.removeEventListener("hidden.bs.modal", left);
      if (!told) return resolve(null);
      dialog.addEventListener("hidden.bs.modal", () => resolve(told), { once: true });
      modal.hide();
    };
    const left = () => settle(null);
    form.addEventListener("submit", sent);
    dialog.addEventListener("hidden.bs.modal", left);
    dialog.addEventListener("shown.bs.modal", () => dialog.querySelector(".modal-body :is(input, select, textarea), [type=submit]").focus(), { once: true });
    modal.show();
  });
}

// Says at each box what is wrong with it; returns whether there was a box for any of it.
function correct(form, fields) {
  form.querySelectorAll("[data-wrong]").forEach((one) => one.remove());
  form.querySelectorAll("[aria-invalid]").forEach((box) => box.removeAttribute("aria-invalid"));
  const boxes = Object.keys(fields).map((name) => form.elements[name]).filter((box) => box?.focus);
  for (const box of boxes) {
    const said = document.createElement("div");
    said.className = "invalid-feedback d-block";
    said.dataset.wrong = "";
    said.id = `${box.id}-wrong`;
    said.textContent = fields[box.name].join(" ");
    box.after(said);
    box.setAttribute("aria-invalid", "true");
    box.setAttribute("aria-describedby", said.id);
  }
  boxes[0]?.focus();
  return boxes.length > 0;
}

// After a move by keyboard the same card is in focus again, wherever it stands now.
function backTo(id) {
  document.querySelector(`#${CSS.escape(id)} a`)?.focus();
}
