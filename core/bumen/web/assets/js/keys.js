// Keys that work on every page. They rest while somebody types or composes, and while a dialog is
// open; keys without Ctrl or Alt can be switched off in the overview that `?` opens.
import { keep, recall } from "./memory.js";

const OFF = "bumen.single-keys-off";
const SOON = 1000;

const isTyping = (element) =>
  element.isContentEditable || element.closest("input, select, textarea, [role=combobox], .ts-wrapper");
const isBusy = () => document.querySelector("dialog[open], .modal.show");

export function start(overview) {
  const box = overview.querySelector("input[type=checkbox]");
  box.checked = recall(OFF) !== "yes";
  box.addEventListener("change", () => keep(OFF, box.checked ? "no" : "yes"));
  overview.querySelector(".btn-close").addEventListener("click", () => overview.close());
  closeOutside(overview);

  let before = "";
  let at = 0;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      if (!isBusy()) press(event, () => open("palette"));
      return;
    }
    if (isTyping(event.target) || isBusy() || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      if (event.code === "KeyN") press(event, goToNew);
      return;
    }
    if (!box.checked) return;
    const key = before === "g" && Date.now() - at < SOON ? `g ${event.key}` : event.key;
    [before, at] = [event.key, Date.now()];
    if (singles[key]) press(event, singles[key]);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener.dataset.opens);
  });
}

const singles = {
  "/": goToSearch,
  "?": () => open("keys"),
  "g h": () => location.assign("/"),
};

function press(event, does) {
  event.preventDefault();
  does();
}

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

function goToSearch() {
  const box = document.querySelector("[data-shortcut=search], main input[type=search]");
  if (box) box.focus();
  else open("palette");
}

function goToNew() {
  const button = document.querySelector("[data-shortcut=new]");
  const entry = document.querySelector(".side-entry[aria-current][data-new]");
  if (button) button.click();
  else if (entry) location.assign(entry.dataset.new);
}

// A click beside a dialog closes it.
export function closeOutside(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
