// Which part of a page is moved by which script: `data-part="board"` asks for board.js.
const parts = {
  palette: () => import("./palette.js"),
  list: () => import("./list.js"),
  lookup: () => import("./lookup.js"),
  form: () => import("./form.js"),
  grid: () => import("./grid.js"),
  board: () => import("./board.js"),
  calendar: () => import("./calendar.js"),
  chart: () => import("./chart.js"),
};
const alive = new WeakSet();

// Give every part below an element its script, once; a script's `start` gets the element.
export function liven(below) {
  const found = [...below.querySelectorAll("[data-part]")];
  if (below.matches?.("[data-part]")) found.unshift(below);
  for (const element of found) {
    if (alive.has(element)) continue;
    alive.add(element);
    for (const name of element.dataset.part.split(" ")) {
      parts[name]?.().then((part) => part.start(element));
    }
  }
}
