// A record's form: nothing typed is lost by leaving, Ctrl-S saves, and mistakes are one step away.
import Modal from "bootstrap/js/dist/modal";

import { reveal } from "./tabs.js";

export function start(form) {
  guard(form);
  saveByKey(form);
  leadToMistakes(form);
  beginAtFirst(form);
}

// A new record is typed at once; on a touch screen that would raise the keyboard over the page.
function beginAtFirst(form) {
  if (!("new" in form.dataset) || document.activeElement !== document.body) return;
  if (!matchMedia("(pointer: fine)").matches) return;
  const boxes = form.querySelectorAll("input:not([type=hidden]), select, textarea");
  const first = [...boxes].find((box) => box.checkVisibility());
  (first?.tomselect ?? first)?.focus();
}

// What a form would send, as one text; lines nobody typed into count for nothing.
function told(form) {
  const parts = [];
  const idle = new Set([...form.querySelectorAll(".grid-row")].filter(isIdle).map((row) => row.dataset.row));
  for (const [name, value] of new FormData(form)) {
    const text = value instanceof File ? (value.size ? `${value.name}:${value.size}` : "") : value;
    const line = name.replace(/[^-]*$/, "");
    if (text && !/-place$/.test(name) && !idle.has(line)) parts.push(`${name}=${text}`);
  }
  return parts.sort().join("\n");
}

// A new line whose boxes say what they said at first: a grid comes and goes with such lines.
function isIdle(row) {
  return !row.querySelector(`[name="${row.dataset.row}id"]`) && [...row.querySelectorAll("[name]")].every(isAsMade);
}

function isAsMade(box) {
  if (box.type === "checkbox") return box.checked === box.defaultChecked;
  if (!box.matches("select")) return box.value === box.defaultValue;
  const first = [...box.options].find((one) => one.defaultSelected) ?? box.options[0];
  return box.value === (first?.value ?? "");
}

function guard(form) {
  const note = form.querySelector("[data-unsaved-note]");
  let before = null;
  let leaving = false;
  const changed = () => !leaving && ("unsaved" in form.dataset || (before !== null && told(form) !== before));
  const look = () => { note.hidden = !changed(); };
  const begin = () => { if (before === null) before = told(form); };

  form.addEventListener("focusin", begin);
  form.addEventListener("pointerdown", begin, true);
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  document.addEventListener("submit", (event) => { leaving ||= event.target === form && !event.defaultPrevented; });
  window.addEventListener("pageshow", () => { leaving = false; look(); });
  window.addEventListener("beforeunload", (event) => { if (changed()) event.preventDefault(); });
  askBeforeLinks(changed, () => { leaving = true; });
  look();
}

// A link inside the house asks in our own words; closing the window asks in the browser's.
function askBeforeLinks(changed, leave) {
  const asking = document.querySelector("[data-leave]");
  if (!asking) return;
  const modal = Modal.getOrCreateInstance(asking);
  let wanted = "";
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target === "_blank" || link.hasAttribute("download") || staysHere(link) || !changed()) return;
    event.preventDefault();
    event.stopPropagation();
    wanted = link.href;
    modal.show();
  }, true);
  asking.querySelector("[data-leave-now]").addEventListener("click", () => { leave(); location.assign(wanted); });
}

function staysHere(link) {
  return link.getAttribute("href").startsWith("#") || !/^https?:$/.test(link.protocol);
}

function saveByKey(form) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key.toLowerCase() !== "s" || event.altKey || event.shiftKey) return;
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const asked = document.querySelector(".modal.show form");
    if (document.querySelector(".modal.show") && !asked) return;
    (asked || form).requestSubmit((asked || form).querySelector("[data-save], .btn-primary[type=submit]"));
  });
}

function leadToMistakes(form) {
  form.querySelector("[data-summary]")?.focus();
  form.querySelectorAll("[data-goes-to]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(link.dataset.goesTo);
  }));
  if (location.hash.length > 1) goTo(decodeURIComponent(location.hash.slice(1)));
}

function goTo(id) {
  const place = document.getElementById(id);
  if (!place) return;
  reveal(place);
  if (place.tomselect) place.tomselect.focus();
  else place.focus();
  place.scrollIntoView({ block: "center" });
}
