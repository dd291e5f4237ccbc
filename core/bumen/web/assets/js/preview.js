// Live totals: while somebody types, the server works out what saving would give, and keeps
// nothing of it. What it would fill into empty boxes is hinted at; what is wrong is said quietly,
// and only where somebody has been.
const WAIT = 300;
const WAIT_FOR_OTHERS = 1200;
const live = new WeakSet();

export function start(form) {
  if (live.has(form) || !address(form)) return;
  live.add(form);
  const touched = new Set();
  let [timer, asking] = [0, null];
  const soon = (wait = WAIT) => {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  };
  const ask = async () => {
    asking?.abort();
    const mine = (asking = new AbortController());
    try {
      const answer = await fetch(address(form), {
        method: "POST",
        body: body(form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        signal: mine.signal,
      });
      if (answer.status === 409 && !answer.redirected) soon(WAIT_FOR_OTHERS);
      if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) return;
      const told = await answer.json();
      if (mine === asking) show(form, told, touched);
    } catch {
      if (!mine.signal.aborted) clearTimeout(timer);
    }
  };
  const note = (event) => {
    if (event.isComposing) return;
    if (event.type === "change" && event.target.name) touched.add(event.target.name);
    soon();
  };
  for (const name of ["input", "change", "compositionend"]) form.addEventListener(name, note);
  if (form.querySelector("[data-preview-field]")) soon(0);
}

// Where a form is tried out: beside where it is sent to.
function address(form) {
  if (form.dataset.preview) return form.dataset.preview;
  const { pathname } = new URL(form.getAttribute("action") || window.location.href, window.location);
  const beside = pathname.replace(/\/add$/, "/preview").replace(/\/edit\/(\d+)$/, "/preview/$1");
  return beside === pathname ? "" : beside;
}

function body(form) {
  const typed = [...new FormData(form)].filter(([name, value]) => {
    return typeof value === "string" && !name.startsWith("_") && value.length < 100_000;
  });
  return new URLSearchParams(typed);
}

function show(form, told, touched) {
  for (const place of form.querySelectorAll("[data-preview-field]")) {
    const text = told.fields[place.dataset.previewField];
    if (text !== undefined) place.textContent = text;
    const foot = place.closest("tfoot");
    if (foot && text !== undefined) foot.hidden = false;
  }
  const hints = { ...told.filled };
  for (const [grid, lines] of Object.entries(told.lines)) {
    const known = new Map(lines.map((line) => [`${grid}-${line.place}-`, line]));
    for (const row of form.querySelectorAll(`[data-grid="${grid}"] [data-row]`)) {
      const line = known.get(row.dataset.row);
      for (const cell of row.querySelectorAll("[data-shown]")) {
        cell.textContent = line?.cells[cell.dataset.shown] ?? "";
      }
      Object.assign(hints, line?.filled);
    }
  }
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    hint(field, hints[field.name] ?? "");
    if (touched.has(field.name)) doubt(field, told.errors[field.name] ?? []);
  }
}

// What stands in an empty box once it is saved.
function hint(field, text) {
  if (field.tomselect) {
    const box = field.tomselect;
    box.settings.placeholder = text || field.dataset.lookupHint;
    box.wrapper.classList.toggle("is-filled", Boolean(text));
    box.inputState();
  } else if (field.matches("input[type=text], textarea")) {
    field.dataset.blank ??= field.placeholder;
    field.placeholder = text || field.dataset.blank;
  } else if (field.matches("select, input[type=date], input[type=datetime-local]")) {
    const place = field.closest(".box")?.querySelector(".box-filled");
    if (!place) return;
    place.textContent = text ? place.dataset.filled.replace("{value}", text) : "";
    place.hidden = !text;
  }
}

// Say what is wrong quietly: below the box, without taking the caret.
function doubt(field, said) {
  const cell = field.closest(".grid-cell, .box");
  if (!cell || cell.querySelector(`[id="${field.id}-errors"]`)) return;
  let place = cell.querySelector(".box-doubt");
  if (!said.length) {
    place?.remove();
    return;
  }
  if (!place) {
    place = Object.assign(document.createElement("p"), { className: "box-doubt", id: `${field.id}-doubt` });
    cell.append(place);
  }
  const text = said.join(" ");
  if (place.textContent !== text) place.textContent = text;
  const aria = field.tomselect?.control_input ?? field;
  const ids = new Set((aria.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  aria.setAttribute("aria-describedby", [...ids.add(place.id)].join(" "));
}
