// The rows of a grid: added, removed, brought back, moved, and walked through.
import { liven } from "./parts.js";

const FIELDS = "input:not([type=hidden]):not([tabindex='-1']), textarea, select";

export class Rows {
  constructor(section) {
    this.section = section;
    this.name = section.dataset.grid;
    this.body = section.querySelector("tbody");
    this.removed = [];
    this.begun = this.together = false;
    this.last = Math.max(-1, ...this.all().map((row) => Number(numberOf(row))));
    this.pattern = this.made();
  }

  // Put the places of those without scripts away, and what scripts do in their stead.
  begin() {
    const { section } = this;
    for (const text of section.querySelectorAll("[data-scripted]")) text.textContent = text.dataset.scripted;
    const add = section.querySelector(".grid-add");
    add.type = "button";
    section.querySelector(".grid-keys").hidden = false;
    section.classList.add("is-live");
    for (const row of this.all()) this.equip(row);
    for (const row of this.all().filter((one) => this.isEmpty(one))) row.remove();
    this.keepOneEmpty();
    this.renumber();
    this.begun = true;
  }

  all() {
    return [...this.body.querySelectorAll(":scope > .grid-row")];
  }

  kept() {
    return this.all().filter((row) => !row.classList.contains("is-dropped"));
  }

  isLast(row) {
    return row === this.all().at(-1);
  }

  made() {
    const holder = document.createElement("template");
    this.last += 1;
    holder.innerHTML = this.section.dataset.fresh.replaceAll(`${this.name}-new-`, `${this.name}-${this.last}-`);
    return holder.content.firstElementChild;
  }

  add() {
    const row = this.made();
    this.body.append(row);
    this.equip(row);
    liven(row);
    if (!this.together) this.renumber();
    return row;
  }

  // Do a lot at once: it counts as one change.
  atOnce(deed) {
    this.together = true;
    deed();
    this.together = false;
    this.keepOneEmpty();
    this.renumber();
  }

  equip(row) {
    row.querySelector(".grid-grip").hidden = false;
    row.querySelector(".grid-buttons").hidden = false;
    row.querySelector(".grid-drop").hidden = true;
    this.show(row, row.querySelector(".grid-drop input").checked);
  }

  // A line nobody typed into: all its boxes say what those of a fresh one say.
  isEmpty(row) {
    if (row.querySelector(`[name="${row.dataset.row}id"]`)) return false;
    if (row.querySelector(".bumen-errors, .is-doubtful")) return false;
    return [...row.querySelectorAll("[data-column]")].every((cell) => {
      const fresh = this.pattern.querySelector(`[data-column="${cell.dataset.column}"]`);
      return value(cell) === value(fresh);
    });
  }

  keepOneEmpty() {
    const rows = this.all();
    if (rows.length && this.isEmpty(rows.at(-1))) return;
    this.add();
  }

  // Numbers are for people; the places are what is sent.
  renumber() {
    this.all().forEach((row, place) => {
      row.querySelector(".grid-place").textContent = place + 1;
      row.querySelector(`[name="${row.dataset.row}place"]`).value = place;
    });
    this.changed();
  }

  // Somebody did something: to put the grid up is no change.
  changed() {
    if (!this.begun) return;
    this.section.dispatchEvent(new Event("change", { bubbles: true }));
  }

  remove(row) {
    if (this.isLast(row) && this.isEmpty(row)) return true;
    if (row.classList.contains("is-dropped")) return this.bringBack(row);
    const column = columnOf(document.activeElement);
    const next = this.kept()[this.kept().indexOf(row) + 1];
    if (row.querySelector(`[name="${row.dataset.row}id"]`)) this.drop(row, true);
    else {
      this.removed.push({ row, before: row.nextElementSibling });
      row.remove();
    }
    this.keepOneEmpty();
    this.renumber();
    this.say(this.section.dataset.dropped);
    this.section.querySelector(".grid-undo").hidden = false;
    focus(next ?? this.all().at(-1), column);
    return true;
  }

  drop(row, whether) {
    row.querySelector(".grid-drop input").checked = whether;
    if (whether) this.removed.push({ row });
    this.show(row, whether);
  }

  show(row, dropped) {
    row.classList.toggle("is-dropped", dropped);
    for (const cell of row.querySelectorAll(".grid-cell")) cell.inert = dropped;
    const button = row.querySelector(".grid-remove");
    button.dataset.removes ??= button.getAttribute("aria-label");
    button.setAttribute("aria-label", dropped ? button.dataset.back : button.dataset.removes);
    button.tabIndex = dropped ? 0 : -1;
  }

  bringBack(row) {
    this.removed = this.removed.filter((one) => one.row !== row);
    this.drop(row, false);
    this.back(row);
    return true;
  }

  undo() {
    const { row, before } = this.removed.pop();
    if (row.isConnected) this.drop(row, false);
    else this.body.insertBefore(row, before?.isConnected ? before : this.all().at(-1));
    this.back(row);
  }

  back(row) {
    this.section.querySelector(".grid-undo").hidden = !this.removed.length;
    this.renumber();
    this.say(this.section.dataset.restored);
    focus(row);
  }

  // The other row moves, so that the one with the caret keeps it.
  move(row, by) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other || this.isLast(other) || this.isLast(row)) return true;
    if (by < 0) row.after(other);
    else row.before(other);
    this.moved(row);
    return true;
  }

  moved(row) {
    this.renumber();
    this.say(this.section.dataset.moved.replace("{place}", this.all().indexOf(row) + 1));
  }

  // Go to the same column of another line; past the end a new line begins.
  walk(from, by, { adds = false } = {}) {
    const row = from.closest(".grid-row");
    const rows = this.kept();
    let to = rows[rows.indexOf(row) + by];
    if (!to && adds && by > 0 && !this.isEmpty(row)) to = this.add();
    if (!to) return adds;
    focus(to, columnOf(from));
    return true;
  }

  toEmpty() {
    this.keepOneEmpty();
    focus(this.all().at(-1));
  }

  say(text) {
    this.section.querySelector("[data-said]").textContent = text;
  }
}

const numberOf = (row) => row.dataset.row.match(/-(\d+)-$/)?.[1] ?? -1;

const columnOf = (element) => element?.closest?.("[data-column]")?.dataset.column;

function value(cell) {
  const box = cell.querySelector("input[type=checkbox], select, textarea, input:not([type=hidden])");
  return box.type === "checkbox" ? box.checked : box.value.trim();
}

// The box of a column in a row that somebody types into; the first one when none is named.
export function boxIn(row, column) {
  const cell = column ? row.querySelector(`[data-column="${column}"]`) : row.querySelector("[data-column]");
  return cell?.querySelector("select.tomselected") ?? cell?.querySelector(FIELDS);
}

export function focus(row, column) {
  const box = boxIn(row, column);
  if (!box) return;
  (box.tomselect ?? box).focus();
  if (box.matches("input[type=text], textarea")) box.select();
}
