// The lines of a document, typed like a spreadsheet.
//
// Tab walks the boxes, Enter goes to the same column of the next line (Shift: the line before),
// arrows go up and down where a box does not need them. Alt with an arrow moves a line, Alt and
// Delete removes it, Control and Enter saves. Rows from a spreadsheet are pasted where the caret
// is. An empty line always waits at the end. Nothing happens while an input method composes.
import Sortable from "sortablejs/modular/sortable.core.esm.js";

import { Rows } from "./grid_rows.js";
import { paste } from "./grid_paste.js";
import { start as startPreview } from "./preview.js";

export function start(section) {
  const rows = new Rows(section);
  rows.begin();
  const { body } = rows;
  body.addEventListener("keydown", (event) => pressed(event, rows));
  body.addEventListener("click", (event) => clicked(event, rows));
  body.addEventListener("paste", (event) => paste(event, rows), true);
  for (const name of ["input", "change"]) body.addEventListener(name, () => rows.keepOneEmpty());
  section.querySelector(".grid-undo").addEventListener("click", () => rows.undo());
  section.querySelector(".grid-add").addEventListener("click", () => rows.toEmpty());
  Sortable.create(body, {
    handle: ".grid-grip",
    draggable: ".grid-row",
    animation: 120,
    ghostClass: "is-dragged",
    onMove: ({ related }) => !rows.isLast(related),
    onEnd: ({ item }) => rows.moved(item),
  });
  if (section.closest("form")) startPreview(section.closest("form"));
}

function pressed(event, rows) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const { target, key } = event;
  const row = target.closest(".grid-row");
  if (!row) return;
  const done = keyed(event, key, row, rows);
  if (!done) return;
  event.preventDefault();
  event.stopPropagation();
}

function keyed(event, key, row, rows) {
  const { target, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (key === "Enter" && command) return save(target);
  if (key === "Delete" && (altKey || (command && !words(target)))) return rows.remove(row);
  if (altKey && key === "ArrowUp") return rows.move(row, -1);
  if (altKey && key === "ArrowDown") return rows.move(row, 1);
  if (altKey || command || target.matches("button, a")) return false;
  if (key === "Enter" && !(shiftKey && target.matches("textarea"))) {
    return rows.walk(target, shiftKey ? -1 : 1, { adds: true });
  }
  if (key === "ArrowUp" && !needsArrows(target)) return rows.walk(target, -1);
  if (key === "ArrowDown" && !needsArrows(target)) return rows.walk(target, 1);
  return false;
}

// Whether the arrows mean something in a box: choices and dates change, long texts have lines.
function needsArrows(box) {
  if (box.matches("textarea")) return box.value.includes("\n");
  return box.matches("select, input[type=date], input[type=datetime-local]");
}

const words = (box) => box.matches("input[type=text], textarea") && box.value !== "";

function save(box) {
  box.blur();
  const { form } = box;
  setTimeout(() => form.requestSubmit(), 0);
  return true;
}

function clicked(event, rows) {
  const row = event.target.closest(".grid-row");
  const at = (name) => event.target.closest(name);
  if (at(".grid-remove")) rows.remove(row);
  else if (at(".grid-up")) rows.move(row, -1);
  else if (at(".grid-down")) rows.move(row, 1);
}
