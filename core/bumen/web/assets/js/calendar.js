// Draws the calendar: months, weeks, or a list where the screen is narrow. Events are fetched for
// the days that are shown; they are moved by dragging, or in the form their table links to.
import { createCalendar, DayGrid, destroyCalendar, Interaction, List, TimeGrid } from "@event-calendar/core";

import { say, send } from "./views/send.js";

const TALL = "42rem";
const narrow = matchMedia("(max-width: 767.98px)");

export function start(part) {
  const place = part.querySelector("[data-calendar]");
  const words = JSON.parse(place.dataset.words);
  const week = "hours" in place.dataset ? "timeGridWeek" : "dayGridWeek";
  const views = ["dayGridMonth", week, "listMonth"];
  place.replaceChildren();
  const calendar = createCalendar(place, [DayGrid, TimeGrid, List, Interaction], {
    view: narrow.matches ? "listMonth" : "dayGridMonth",
    date: place.dataset.today,
    locale: document.documentElement.lang,
    firstDay: Number(place.dataset.firstDay),
    headerToolbar: toolbar(views),
    buttonText: { ...words, dayGridMonth: words.month, [week]: words.week, listMonth: words.list },
    noEventsContent: words.none,
    allDayContent: words.allDay,
    moreLinkContent: ({ num }) => words.more.replace("#", num),
    dayMaxEvents: true,
    eventStartEditable: true,
    eventDurationEditable: false,
    longPressDelay: 300,
    height: narrow.matches ? "auto" : TALL,
    eventSources: [{ events: (days) => fetched(part, days) }],
    eventContent: content,
    eventClassNames: ({ event }) => ["calendar-event", event.extendedProps.tone && `tone-${event.extendedProps.tone}`].filter(Boolean),
    eventDrop: (moved) => dropped(part, calendar, moved),
  });
  const plainer = new MutationObserver(() => plain(place));
  plainer.observe(place, { childList: true, subtree: true });
  plain(place);
  const turn = () => {
    calendar.setOption("view", narrow.matches ? "listMonth" : "dayGridMonth");
    calendar.setOption("height", narrow.matches ? "auto" : TALL);
    calendar.setOption("headerToolbar", toolbar(views));
  };
  narrow.addEventListener("change", turn);
  document.addEventListener("htmx:beforeCleanupElement", function gone({ target }) {
    if (!target.contains(part)) return;
    narrow.removeEventListener("change", turn);
    document.removeEventListener("htmx:beforeCleanupElement", gone);
    plainer.disconnect();
    destroyCalendar(calendar);
  });
}

// Where the screen is narrow there is a list and nothing to choose.
function toolbar(views) {
  if (narrow.matches) return { start: "prev,next", center: "title", end: "today" };
  return { start: "prev,next today", center: "title", end: views.join() };
}

// The library calls its boxes cells of a table that has no rows. They are none: whoever wants a
// table has the one below, and here finds days with links.
function plain(place) {
  const said = ["role", "aria-colindex", "aria-colspan", "aria-rowindex", "aria-colcount", "aria-rowcount"];
  const roles = ["table", "rowgroup", "row", "cell", "columnheader", "rowheader", "gridcell", "list", "listitem"];
  for (const box of place.querySelectorAll(roles.map((role) => `[role=${role}]`).join())) {
    said.forEach((name) => box.removeAttribute(name));
  }
}

async function fetched(part, { startStr, endStr }) {
  const url = new URL(part.dataset.events, location.href);
  url.searchParams.set("start", startStr.slice(0, 10));
  url.searchParams.set("end", endStr.slice(0, 10));
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (answer.redirected) location.reload();
  const told = await answer.json();
  if (!answer.ok) {
    say(told.error.message, { bad: true });
    return [];
  }
  part.querySelector("[data-more]").hidden = !told.more;
  tell(part, told.events);
  return told.events.map((event) => ({
    id: event.id,
    title: event.title,
    start: event.start,
    end: event.end,
    allDay: !event.start.includes("T"),
    startEditable: Boolean(event.edit),
    extendedProps: event,
  }));
}

// An event is a link, so that it is reached by keyboard and opens in another tab.
function content({ event, timeText }) {
  const told = event.extendedProps;
  const link = document.createElement("a");
  link.href = told.href;
  link.className = "calendar-link";
  link.draggable = false;
  link.title = [told.title, told.state].filter(Boolean).join("\n");
  for (const [kind, words] of [["time", event.allDay ? "" : timeText], ["name", told.name], ["whose", told.whose]]) {
    if (!words) continue;
    const part = document.createElement("span");
    part.className = `calendar-${kind}`;
    part.textContent = words;
    link.append(part, " ");
  }
  return { domNodes: [link] };
}

async function dropped(part, calendar, { event, revert }) {
  const body = new FormData(part.querySelector("[data-moves]"));
  body.set("version", event.extendedProps.version);
  body.set("start", written(event));
  const told = await send(`${part.dataset.moves}/${event.id}`, body);
  say(told.message, { bad: !told.done });
  if (!told.done) revert();
  if (told.status) calendar.refetchEvents();
}

function written({ start, allDay }) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}`;
  return allDay ? day : `${day}T${two(start.getHours())}:${two(start.getMinutes())}`;
}

// The table below says the same as the calendar above.
function tell(part, events) {
  const rows = part.querySelector("[data-rows]");
  const blank = part.querySelector("template").content;
  rows.replaceChildren(...events.map((event) => {
    const row = blank.cloneNode(true);
    row.querySelector("[data-day]").textContent = event.day;
    Object.assign(row.querySelector("[data-name]"), { href: event.href, textContent: event.title });
    const state = row.querySelector("[data-state]");
    if (event.state) Object.assign(state, { textContent: event.state, className: `badge tone tone-${event.tone || "plain"}` });
    const edit = row.querySelector("[data-edit]");
    if (event.edit) edit.href = event.edit;
    else edit.remove();
    return row;
  }));
  part.querySelector("[data-nothing]").hidden = events.length > 0;
}
