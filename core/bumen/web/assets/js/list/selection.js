// Which rows are chosen: how many, and what is done with all of them at once.
const boxes = (list) => [...list.querySelectorAll("input[data-choose]")];

function spread(list, from, to) {
  const all = boxes(list);
  const [first, last] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  if (first >= 0) all.slice(first, last + 1).forEach((box) => (box.checked = to.checked));
}

export function selection(list) {
  const bar = list.querySelector("[data-bulk]");
  if (!bar) return;
  let last = null;

  const show = () => {
    const all = boxes(list);
    const count = all.filter((box) => box.checked).length;
    all.forEach((box) => box.closest("tr").classList.toggle("list-chosen", box.checked));
    list.querySelectorAll("input[data-choose-all]").forEach((box) => {
      box.checked = count > 0 && count === all.length;
      box.indeterminate = count > 0 && count < all.length;
    });
    bar.hidden = !count;
    list.querySelectorAll("[data-count]").forEach((place) => {
      place.textContent = place.dataset.count.replace("#", String(count));
    });
  };

  list.addEventListener("click", (event) => {
    if (!event.target.matches("input[data-choose]")) return;
    if (event.shiftKey && last) spread(list, last, event.target);
    last = event.target;
    show();
  });
  list.addEventListener("change", (event) => {
    if (event.target.matches("input[data-choose-all]")) {
      boxes(list).forEach((box) => (box.checked = event.target.checked));
    }
    if (event.target.matches("input[data-choose], input[data-choose-all]")) show();
  });
  list.addEventListener("htmx:afterSettle", show);
  list.addEventListener("list:changed", show);
  bar.querySelector("[data-choose-none]").addEventListener("click", () => {
    boxes(list).forEach((box) => (box.checked = false));
    show();
    list.querySelector("input[data-choose-all]")?.focus();
  });
  dialogs(list);
  show();
}

// What is done with many is asked about in a dialog, and then no page asks again; what other
// dialogs ask is not sent.
function dialogs(list) {
  const ask = list.querySelector("[data-ask]");
  list.querySelectorAll("dialog[data-bulk-dialog]").forEach((dialog) => {
    const asked = dialog.querySelector("fieldset");
    const opener = list.querySelector(`[data-bulk-opens="${dialog.id}"]`);
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      ask.disabled = true;
      if (asked) asked.disabled = false;
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      ask.disabled = false;
      if (asked) asked.disabled = true;
      opener.focus();
    });
    dialog.addEventListener("keydown", (event) => sendByKey(event, dialog));
    dialog.querySelectorAll("[data-dialog-close]").forEach((button) => {
      button.addEventListener("click", () => dialog.close());
    });
  });
}

// Enter does what its own dialog asks: left alone, browsers would press the form's first button.
function sendByKey(event, dialog) {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (!event.target.matches("input, select")) return;
  event.preventDefault();
  dialog.querySelector("button[type=submit]").click();
}
