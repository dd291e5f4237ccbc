// A list: rows lead to their records, what is chosen can be acted on together, menus narrow it.
import { addresses } from "./list/addresses.js";
import { columns } from "./list/columns.js";
import { filters } from "./list/filters.js";
import { groups } from "./list/groups.js";
import { menus } from "./list/menus.js";
import { refusals } from "./list/refusals.js";
import { rows } from "./list/rows.js";
import { selection } from "./list/selection.js";
import { width } from "./list/width.js";

const parts = [addresses, refusals, rows, selection, filters, columns, groups, width];

menus();

let before = null;

export function start(list) {
  // Whoever used the keyboard goes on here when what they used is gone.
  if (before && document.activeElement === document.body) list.focus({ preventScroll: true });
  before = list;
  list.classList.add("list-alive");
  parts.forEach((part) => part(list));
}
