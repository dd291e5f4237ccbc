// Looking records up: a select that knows what is chosen gets a box to search for the others.
//
// Typing searches, and waits while an input method composes. Arrows walk, Enter takes what is
// marked, Escape goes back; F4, a space in the empty box or a click show the list. Leaving takes
// what was walked to, the only record found, or the one that is called just that; what fits none
// stays as it was typed, is marked, and keeps the form from being sent. Without this script the
// select keeps what is chosen. In a grid a box is made when it comes into sight.
import TomSelect from "tom-select/base";
import removeButton from "tom-select/plugins/remove_button/plugin.js";

import { only, search } from "./lookup_search.js";
import { dress, place, render } from "./lookup_look.js";

const WAIT = 200;
const NEVER = /(?!)/;
TomSelect.define("remove_button", removeButton);

const inSight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) made(target);
}, { rootMargin: "200px" });

export function start(select) {
  if (!select.dataset.lookup || select.tomselect) return;
  if (!select.closest("[data-grid]")) {
    made(select);
    return;
  }
  inSight.observe(select);
  select.addEventListener("focus", () => made(select).focus(), { once: true });
}

// Choose a record, as if somebody had picked it; quietly where many are chosen at once.
export function choose(select, { id, label }, { quietly = false } = {}) {
  const box = select.tomselect;
  if (!box) {
    [...select.options].filter((one) => one.value).forEach((one) => one.remove());
    select.add(new Option(label, id, true, true));
    return;
  }
  box.addOption({ id: String(id), label });
  box.addItem(String(id), quietly);
}

// Keep a text that names no record, marked: it is for somebody to look at.
export function doubt(select, words) {
  made(select).doubt(words);
}

function made(select) {
  inSight.unobserve(select);
  return select.tomselect ?? equipped(select);
}

function equipped(select) {
  const focused = document.activeElement === select;
  const box = new TomSelect(select, settings(select));
  box.found = new Set();
  box.doubtful = false;
  dress(box, select);
  speak(box);
  settle(box);
  keys(box);
  new MutationObserver(() => {
    if (box.isDisabled !== select.disabled) box[select.disabled ? "disable" : "enable"]();
  }).observe(select, { attributes: true, attributeFilter: ["disabled"] });
  select.form?.addEventListener("submit", (event) => {
    if (!box.doubtful || !select.isConnected || select.closest(".is-dropped")) return;
    event.preventDefault();
    box.focus();
    box.load(box.inputValue());
  });
  if (focused) box.focus();
  return box;
}

function settings(select) {
  return {
    valueField: "id",
    labelField: "label",
    searchField: ["label"],
    maxItems: select.multiple ? null : 1,
    plugins: select.multiple ? { remove_button: { title: select.dataset.lookupClear ?? "" } } : [],
    persist: false,
    create: select.dataset.lookupAdd ? (words, done) => create(select, words, done) : false,
    openOnFocus: false,
    closeAfterSelect: true,
    refreshThrottle: WAIT,
    loadThrottle: null,
    splitOn: NEVER,
    placeholder: select.dataset.lookupHint,
    hidePlaceholder: true,
    dropdownParent: "body",
    shouldLoad: () => true,
    score() {
      return (option) => (this.found?.has(String(option.id)) ? 1 : 0);
    },
    onItemAdd() {
      clearTimeout(this.refreshTimeout);
      this.asking?.abort();
      this.hasChosen = true;
    },
    load(words, done) {
      this.hasChosen = false;
      load(this, select, words).then((records) => {
        done(records);
        if (this.hasChosen) this.close(); // an answer that comes after the choice opens nothing
      });
    },
    render: render(select),
  };
}

// What was found replaces what had been found: the server decides what fits.
async function load(box, select, words) {
  box.asking?.abort();
  box.asking = new AbortController();
  const mine = box.asking;
  try {
    const records = await search(select.dataset.lookup, words, mine.signal);
    box.found = new Set(records.map((record) => String(record.id)));
    [box.records, box.asked, box.failed] = [records, words, false];
    box.clearOptions();
    return records;
  } catch {
    if (mine.signal.aborted) return [];
    [box.found, box.records, box.asked, box.failed] = [new Set(), [], null, true];
    return [];
  }
}

async function create(select, words, done) {
  const { made: dialog } = await import("./lookup_dialog.js");
  const record = await dialog(select, words);
  done(record ? { id: String(record.id), label: record.label } : undefined);
  if (record) select.tomselect.found.add(String(record.id));
  select.tomselect.focus();
}

// Letters that are still being composed are none yet.
function speak(box) {
  const { control_input: input, wrapper } = box;
  const heard = box.onInput.bind(box);
  box.onInput = (event) => {
    wrapper.classList.toggle("is-typing", input.value !== "");
    box.walked = false;
    if (event?.isComposing) return;
    box.mark(false);
    heard(event);
  };
  input.addEventListener("compositionend", () => box.onInput());
}

// Say below the box what is wrong with what was typed into it.
function tell(box, words) {
  box.told?.remove();
  box.told = null;
  if (!words) return;
  box.told = Object.assign(document.createElement("div"), { className: "invalid-feedback d-block", textContent: words });
  box.told.setAttribute("role", "alert");
  box.wrapper.after(box.told);
}

// Leaving decides: what was meant is taken, what is unclear stays and is marked.
function settle(box) {
  const { input: select, control_input: input, wrapper } = box;
  box.mark = (whether) => {
    box.doubtful = whether;
    wrapper.classList.toggle("is-doubtful", whether);
    tell(box, whether ? select.dataset.lookupNone : "");
    if (whether || select.getAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  box.doubt = (words) => {
    box.setTextboxValue(words);
    wrapper.classList.add("is-typing");
    box.mark(true);
  };
  const state = box.inputState.bind(box);
  box.inputState = () => {
    if (!box.doubtful || box.isFocused) state();
  };
  const left = box.onBlur.bind(box);
  box.onBlur = (event) => {
    if (!document.hasFocus() || !box.isFocused) return;
    const words = box.inputValue();
    clearTimeout(box.refreshTimeout);
    const walkedTo = box.walked && box.isOpen ? box.activeOption?.dataset.value : undefined;
    left(event);
    wrapper.classList.remove("is-typing");
    if (walkedTo) box.addItem(walkedTo);
    else if (words) decide(box, words);
    else box.mark(false);
  };
  for (const name of ["item_add", "clear"]) {
    box.on(name, () => {
      wrapper.classList.remove("is-typing");
      box.mark(false);
    });
  }
}

async function decide(box, words) {
  const select = box.input;
  box.doubt(words);
  const records = box.asked === words ? box.records : await load(box, select, words);
  if (box.isFocused || box.inputValue() !== words) return;
  const meant = only(records, words);
  if (!meant) return;
  box.setTextboxValue("");
  choose(select, meant);
}

function keys(box) {
  const { input: select } = box;
  const inGrid = Boolean(select.closest("[data-grid]"));
  const pressed = box.onKeyDown.bind(box);
  const show = (event) => {
    event.preventDefault();
    box.load(box.inputValue());
  };
  box.onClick = () => {
    box.focus();
    if (!box.isOpen) box.load(box.inputValue());
  };
  box.onKeyDown = (event) => {
    if (event.isComposing || event.keyCode === 229 || event.altKey) return undefined;
    const words = box.inputValue();
    const walks = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (event.key === "F4" || (event.key === " " && !words && !box.isOpen)) return show(event);
    if (walks && !box.isOpen) return inGrid ? undefined : show(event);
    if (event.key === "Enter") return enter(event, words);
    box.walked ||= walks;
    if (event.key === "Escape" && (box.isOpen || words)) {
      event.preventDefault();
      event.stopPropagation();
      box.mark(false);
      box.close();
      box.wrapper.classList.remove("is-typing");
      return undefined;
    }
    return pressed(event);
  };
  // Who types a whole code and Enter at once, as scanners do, need not wait for the list.
  const enter = async (event, words) => {
    if (event.ctrlKey || event.metaKey) return undefined;
    if (box.isOpen && (box.asked === words || box.walked)) return pressed(event);
    if (!words) return undefined;
    event.preventDefault();
    clearTimeout(box.refreshTimeout); // what typing would ask a moment later is asked now
    const records = await load(box, select, words);
    const meant = only(records, words);
    if (!box.isFocused || box.inputValue() !== words) return undefined;
    if (meant) {
      choose(select, meant);
      return box.close();
    }
    return box.load(words);
  };
}
