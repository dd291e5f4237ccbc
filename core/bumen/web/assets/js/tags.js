// Tags typed as one line become a box that completes what the company has and takes new words.
// It waits while an input method composes. Without this script the line is typed with commas.
import TomSelect from "tom-select/base";
import removeButton from "tom-select/plugins/remove_button/plugin.js";

const COMMA = /[,，、;；]/;
TomSelect.define("remove_button", removeButton);

export function start(input) {
  const held = input.value.split(COMMA).map((one) => one.trim()).filter(Boolean);
  const alike = new Map();
  const box = new TomSelect(input, {
    options: held.map((name) => ({ value: name, text: name })),
    preload: "focus",
    load: (words, done) => find(input.dataset.tags, words).then((found) => {
      alike.set(words, new Set(found.map(({ value }) => value)));
      done(found);
    }, () => done()),
    // What was found for these words counts, though it is written in another script.
    score(words) {
      const own = this.getScoreFunction(words);
      return (option) => own(option) || (alike.get(words)?.has(option.value) ? 0.1 : 0);
    },
    items: held,
    delimiter: ",",
    splitOn: COMMA,
    plugins: ["remove_button"],
    create: (name) => (name.trim() ? { value: name.trim(), text: name.trim() } : false),
    createOnBlur: true,
    persist: true,
    closeAfterSelect: true,
    onItemAdd() {
      this.setTextboxValue("");
      this.refreshOptions(false);
    },
    dropdownParent: "body",
    render: { option_create: (words, escape) => `<div class="create">+ ${escape(words.input)}</div>`, no_results: null },
  });
  const enter = box.onKeyDown.bind(box);
  box.onKeyDown = (event) => { if (!event.isComposing && event.keyCode !== 229) enter(event); };
  box.control_input.setAttribute("aria-label", document.querySelector(`label[for="${input.id}"]`)?.textContent ?? "");
  input.closest("details")?.addEventListener("toggle", (event) => event.target.open && box.focus());
}

async function find(address, words) {
  const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { credentials: "same-origin" });
  return (await answer.json()).map(({ label }) => ({ value: label, text: label }));
}
