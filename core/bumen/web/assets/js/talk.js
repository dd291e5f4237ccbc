// A discussion: what was refused is drawn, too; Ctrl-Enter sends; what stands half written is kept.
const DRAWN = [403, 409, 422];

export function start(talk) {
  talk.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!DRAWN.includes(detail.xhr.status)) return;
    detail.shouldSwap = true;
    detail.isError = false;
  });
  talk.addEventListener("keydown", send);
  talk.addEventListener("htmx:beforeRequest", ({ target }) => keepOthers(talk, target));
  bringBack(talk);
  const refused = talk.querySelector('[role="alert"]');
  refused?.closest("form")?.querySelector("textarea, input:not([type=hidden])")?.focus();
}

function send(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest("form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

// Who corrects one comment while another is half written, loses neither.
const kept = new Map();

function keepOthers(talk, sending) {
  kept.clear();
  for (const area of talk.querySelectorAll("textarea")) {
    if (area.closest("form") !== sending && area.value !== area.defaultValue) kept.set(area.id, area.value);
  }
}

function bringBack(talk) {
  for (const [id, words] of kept) {
    const area = talk.querySelector(`#${CSS.escape(id)}`);
    if (!area) continue;
    area.value = words;
    const around = area.closest("details");
    if (around) around.open = true;
  }
  kept.clear();
}
