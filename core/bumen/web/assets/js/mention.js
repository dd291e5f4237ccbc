// Mentioning people: “@” and some letters offer who may be meant; arrows choose, Enter takes.
const CALL = /(?:^|[^A-Za-z0-9._%+-])[@＠]([^\s@＠]{0,30})$/;
const A_MOMENT = 150;
let boxes = 0;

export function start(box) {
  const area = box.querySelector("textarea");
  const list = made("ul", { id: `people-${(boxes += 1)}`, className: "talk-people", role: "listbox", hidden: true });
  list.setAttribute("aria-label", box.dataset.label);
  const said = made("p", { className: "visually-hidden", role: "status" });
  box.append(list, said);
  area.setAttribute("aria-controls", list.id);
  const state = { box, area, list, said, people: [], at: 0, asked: "" };
  let waiting;
  const look = (event) => {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(state), A_MOMENT);
  };
  area.addEventListener("input", look);
  area.addEventListener("compositionend", look);
  area.addEventListener("click", look);
  area.addEventListener("blur", () => setTimeout(() => close(state), A_MOMENT));
  area.addEventListener("keydown", (event) => press(event, state), true);
}

const typedName = (area) => area.value.slice(0, area.selectionStart).match(CALL)?.[1];

async function offer(state) {
  const { area, box } = state;
  const words = typedName(area);
  if (words === undefined || area.selectionStart !== area.selectionEnd) return close(state);
  state.asked = words;
  const answer = await fetch(`${box.dataset.people}?q=${encodeURIComponent(words)}`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return close(state);
  const people = await answer.json();
  if (state.asked !== typedName(area) || document.activeElement !== area) return undefined;
  return draw(state, people);
}

function draw(state, people) {
  const { list, said, box } = state;
  Object.assign(state, { people, at: 0 });
  said.textContent = box.dataset.found.replace("{count}", people.length);
  if (!people.length) return close(state);
  list.replaceChildren(...people.map((person, place) => {
    const item = made("li", { id: `${list.id}-${place}`, role: "option" });
    item.append(made("strong", { textContent: person.label }), made("span", { textContent: person.name }));
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(state, place);
    });
    return item;
  }));
  list.hidden = false;
  return mark(state, 0);
}

function mark(state, place) {
  state.at = (place + state.people.length) % state.people.length;
  [...state.list.children].forEach((item, here) => item.setAttribute("aria-selected", String(here === state.at)));
  state.area.setAttribute("aria-activedescendant", `${state.list.id}-${state.at}`);
}

function press(event, state) {
  if (state.list.hidden || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
  const deeds = {
    ArrowDown: () => mark(state, state.at + 1),
    ArrowUp: () => mark(state, state.at - 1),
    Enter: () => take(state, state.at),
    Tab: () => take(state, state.at),
    Escape: () => close(state),
  };
  if (!deeds[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  deeds[event.key]();
}

function take(state, place) {
  const { area, people } = state;
  const caret = area.selectionStart;
  const begun = caret - (typedName(area) ?? "").length;
  area.setRangeText(`${people[place].says} `, begun, caret, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  close(state);
  area.focus();
}

function close({ list, area }) {
  list.hidden = true;
  area.removeAttribute("aria-activedescendant");
}

function made(tag, { role, ...about }) {
  const element = Object.assign(document.createElement(tag), about);
  if (role) element.setAttribute("role", role);
  return element;
}
