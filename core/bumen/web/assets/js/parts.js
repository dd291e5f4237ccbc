// Which part of a page is moved by which script: `data-part="board"` asks for board.js.
const parts = {
  work: () => import("./work.js"),
  matching: () => import("./matching.js"),
  rhythm: () => import("./rhythm.js"),
  bell: () => import("./bell.js"),
  inbox: () => import("./inbox.js"),
  palette: () => import("./palette.js"),
  keys: () => import("./keys.js"),
  menu: () => import("./menu.js"),
  themes: () => import("./themes.js"),
  list: () => import("./list.js"),
  lookup: () => import("./lookup.js"),
  box: () => import("./box.js"),
  preview: () => import("./preview.js"),
  record: () => import("./record.js"),
  form: () => import("./form.js"),
  reveal: () => import("./reveal.js"),
  copy: () => import("./copy.js"),
  permits: () => import("./permits.js"),
  switchboard: () => import("./switchboard.js"),
  grid: () => import("./grid.js"),
  board: () => import("./board.js"),
  calendar: () => import("./calendar.js"),
  paper: () => import("./paper.js"),
  letterhead: () => import("./letterhead.js"),
  files: () => import("./files.js"),
  tags: () => import("./tags.js"),
  chart: () => import("./chart.js"),
  dash_order: () => import("./dash_order.js"),
  talk: () => import("./talk.js"),
  mention: () => import("./mention.js"),
};
const alive = new WeakSet();

// Give every part below an element its script, once; a script's `start` gets the element. What has
// left the page before its script came is let go.
export function liven(below) {
  const found = [...below.querySelectorAll("[data-part]")];
  if (below.matches?.("[data-part]")) found.unshift(below);
  for (const element of found) {
    if (alive.has(element)) continue;
    alive.add(element);
    for (const name of element.dataset.part.split(" ")) {
      parts[name]?.().then((part) => element.isConnected && part.start(element));
    }
  }
}
