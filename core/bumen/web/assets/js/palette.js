// The palette: a page, a record or an action, found by its words and opened with Enter.
// Pages and actions stand in the page; records are searched for once somebody stops typing. While
// an input method composes, nothing is searched and no key is taken.
import { closeOutside } from "./keys.js";
import { recent, remember } from "./recent.js";

const WAIT = 180;
const MOST = 8;

const plain = (text) => text.normalize("NFKC").toLowerCase();
const isEnough = (words) => words.length > 1 || /[^\x00-\x7f]/.test(words);

export function start(dialog) {
  const box = dialog.querySelector(".palette-words");
  const list = dialog.querySelector(".palette-found");
  const status = dialog.querySelector(".palette-status");
  const offers = [...dialog.querySelectorAll(".palette-offers li")].map(offerOf);
  const told = dialog.dataset;
  remember(told.owner);

  let asked = 0;
  let timer = 0;
  let at = 0;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const mark = (place) => {
    const every = options();
    at = every.length ? (place + every.length) % every.length : 0;
    every.forEach((option, one) => option.setAttribute("aria-selected", String(one === at)));
    if (every.length) {
      box.setAttribute("aria-activedescendant", every[at].id);
      every[at].scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  };
  const draw = (groups) => {
    list.replaceChildren(...groups.filter(([, found]) => found.length).map(groupOf));
    options().forEach((option, place) => (option.id = `palette-${place}`));
    const count = options().length;
    status.textContent = count ? told.counted.replace("{count}", count) : told.nothing;
    status.classList.toggle("visually-hidden", count > 0);
    mark(0);
  };
  // `folded` is what the server makes of the words: pages are found in the other script, too.
  const atHand = (words, folded = "") => {
    const parts = plain(words).split(/\s+/).filter(Boolean);
    const same = folded.split(/\s+/).filter(Boolean);
    const fits = (one) => parts.every((part) => plain(`${one.label} ${one.hint}`).includes(part))
      || (same.length > 0 && Boolean(one.alike) && same.every((part) => one.alike.includes(part)));
    const some = (kind) => offers.filter((one) => one.kind === kind && fits(one)).slice(0, parts.length ? MOST : undefined);
    const opened = recent(told.owner).filter(fits).slice(0, parts.length ? 3 : 5);
    return [[told.recent, opened], [told.pages, some("pages")], [told.actions, some("actions")]];
  };
  const search = async (words) => {
    const mine = (asked += 1);
    const answer = await fetch(`${told.address}?q=${encodeURIComponent(words)}`).catch(() => null);
    const { records, more, folded } = answer?.ok ? await answer.json() : { records: [] };
    if (mine !== asked || !dialog.open) return;
    const [opened, pages, actions] = atHand(words, folded);
    const whole = more ? [{ label: told.whole, hint: "", url: more }] : [];
    draw([opened, pages, ...byKind(records), [told.search, whole], actions]);
  };
  const soon = () => {
    const words = box.value.trim();
    clearTimeout(timer);
    asked += 1;
    draw(atHand(words));
    if (isEnough(words)) timer = setTimeout(() => search(words), WAIT);
  };
  const take = (option, apart) => {
    if (!option) return;
    if (option.dataset.url && apart) window.open(option.dataset.url, "_blank", "noopener");
    else if (option.dataset.url) location.assign(option.dataset.url);
    else {
      dialog.close();
      buttonOf(option.dataset)?.click();
    }
  };

  box.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  box.addEventListener("compositionend", soon);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(at + step);
    else if (event.key === "Enter") take(options()[at], event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => take(event.target.closest("[role=option]"), event.ctrlKey || event.metaKey));
  list.addEventListener("mousemove", (event) => {
    const place = options().indexOf(event.target.closest("[role=option]"));
    if (place >= 0 && place !== at) mark(place);
  });
  dialog.querySelector(".palette-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => clearTimeout(timer));
  new MutationObserver(() => {
    if (!dialog.open) return;
    box.value = "";
    soon();
  }).observe(dialog, { attributeFilter: ["open"] });
  closeOutside(dialog);
}

function offerOf(row) {
  return { label: row.textContent.trim(), hint: "", lang: row.lang, ...row.dataset };
}

// Records that stand under the name of what they are.
function byKind(records) {
  const found = new Map();
  for (const { label, hint, of, url } of records) {
    found.set(of, [...(found.get(of) || []), { label, hint, url }]);
  }
  return [...found];
}

function groupOf([name, found]) {
  const group = document.createElement("div");
  const title = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", name);
  title.className = "palette-title";
  title.setAttribute("aria-hidden", "true");
  title.textContent = name;
  group.append(title, ...found.map(optionOf));
  return group;
}

function optionOf({ label, hint, url, icon, lang, form, name, value }) {
  const option = document.createElement("div");
  option.className = "palette-option";
  option.setAttribute("role", "option");
  for (const [key, told] of Object.entries({ url, form, name, value })) {
    if (told !== undefined) option.dataset[key] = told;
  }
  if (icon) option.append(drawing(icon));
  const words = Object.assign(document.createElement("span"), { textContent: label });
  if (lang) words.lang = lang;
  option.append(words);
  if (hint) option.append(Object.assign(document.createElement("small"), { textContent: hint }));
  return option;
}

function drawing(address) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", address);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// The button of the shell that does what an action says.
function buttonOf({ form, name, value }) {
  const named = name ? `[name="${name}"][value="${CSS.escape(value)}"]` : "";
  return document.querySelector(`button[form="${form}"]${named}`);
}
