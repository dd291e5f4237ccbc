// Rows from a spreadsheet: pasted from the box with the caret on, to the right and downwards.
import { choose, doubt } from "./lookup.js";
import { called } from "./lookup_search.js";
import { boxIn } from "./grid_rows.js";

const YES = /^(1|true|yes|y|x|v|✓|✔|是|对|對|有)$/i;
const DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const AROUND_NUMBERS = /^\s*(NT\$|HK\$|US\$|MOP\$|S\$|JP¥|[$¥￥€£])\s*|\s*[%％]\s*$/gi;

export function paste(event, rows) {
  const column = event.target.closest("[data-column]");
  const table = column ? read(event.clipboardData?.getData("text/plain") ?? "") : [];
  if (table.length < 2 && (table[0]?.length ?? 0) < 2) return;
  event.preventDefault();
  event.stopPropagation();
  fill(table, event.target.closest(".grid-row"), column.dataset.column, rows);
}

// The cells of a text as spreadsheets copy it: tabs between them, quotes around line ends.
export function read(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const [sign, next] = [text[at], text[at + 1]];
    const cells = rows.at(-1);
    if (quoted && sign === '"' && next === '"') cells[cells.length - 1] += text[(at += 1)];
    else if (quoted && sign === '"') quoted = false;
    else if (quoted) cells[cells.length - 1] += sign;
    else if (sign === '"' && cells.at(-1) === "") quoted = true;
    else if (sign === "\t") cells.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") cells[cells.length - 1] += sign;
  }
  if (rows.at(-1).every((cell) => cell === "")) rows.pop();
  return rows.map((cells) => cells.map((cell) => cell.trim()));
}

async function fill(table, first, column, rows) {
  const lookups = [];
  rows.atOnce(() => {
    let row = first;
    const columns = [...row.querySelectorAll("[data-column]")].map((cell) => cell.dataset.column);
    const from = columns.indexOf(column);
    for (const cells of table) {
      cells.forEach((words, place) => {
        const box = columns[from + place] && boxIn(row, columns[from + place]);
        if (box?.matches("[data-lookup]")) lookups.push([box, words]);
        else if (box) put(box, words);
      });
      row = after(row, rows);
    }
  });
  const unfound = await lookUp(lookups);
  const said = [rows.section.dataset.pasted.replace("{count}", table.length)];
  if (unfound) said.push(rows.section.dataset.unfound.replace("{count}", unfound));
  rows.say(said.join(" "));
  rows.keepOneEmpty();
  rows.changed();
}

function after(row, rows) {
  const kept = rows.kept();
  return kept[kept.indexOf(row) + 1] ?? rows.add();
}

function put(box, words) {
  if (box.type === "checkbox") box.checked = YES.test(words);
  else if (box.matches("select")) {
    const wanted = words.toLowerCase();
    const option = [...box.options].find((one) =>
      [one.value, one.textContent].some((text) => text.trim().toLowerCase() === wanted),
    );
    if (option) box.value = option.value;
    box.classList.toggle("is-invalid", !option);
    box.title = option ? "" : words;
  } else if (box.type === "date") {
    const day = words.normalize("NFKC").match(DAY);
    box.value = day ? `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}` : "";
    box.classList.toggle("is-invalid", Boolean(words) && !box.value);
    box.title = box.value ? "" : words;
  } else {
    box.value = box.matches("[inputmode]") ? words.replaceAll(AROUND_NUMBERS, "") : words;
  }
}

// Find what the cells name, each list at once; what names nothing keeps its text and is marked.
async function lookUp(lookups) {
  let unfound = 0;
  const lists = Map.groupBy?.(lookups, ([box]) => box.dataset.lookup) ?? grouped(lookups);
  for (const [address, cells] of lists) {
    const names = [...new Set(cells.map(([, words]) => words).filter(Boolean))];
    const found = await called(address, names).catch(() => new Map());
    for (const [box, words] of cells) {
      const record = found.get(words);
      if (record) choose(box, record, { quietly: true });
      else if (words) {
        doubt(box, words);
        unfound += 1;
      } else box.tomselect?.clear();
    }
  }
  return unfound;
}

function grouped(lookups) {
  const lists = new Map();
  for (const one of lookups) {
    const address = one[0].dataset.lookup;
    lists.set(address, [...(lists.get(address) ?? []), one]);
  }
  return lists;
}
