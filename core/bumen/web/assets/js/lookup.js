/* Looking records up: a select that knows one record gets a box to search for the others.

 Keys: down and up walk, Enter takes, Escape leaves; leaving takes what was marked, or the only
 record that matches. What matches none stays as it was typed, marked, and is not sent. While an input method composes, nothing is
 searched and no key is taken. Without this script the select keeps what is chosen. */
const WAIT = 200;
let count = 0;

const found = async (address, words) => {
  const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { credentials: "same-origin" });
  return answer.ok ? answer.json() : [];
};

const enhance = (select) => {
  const address = select.dataset.lookup;
  if (!address || select.dataset.enhanced) return;
  select.dataset.enhanced = "yes";
  const list = Object.assign(document.createElement("ul"), { className: "bumen-found", hidden: true });
  const box = Object.assign(document.createElement("input"), {
    type: "text", className: select.className, autocomplete: "off",
    placeholder: select.dataset.lookupHint,
  });
  const holder = Object.assign(document.createElement("div"), { className: "bumen-lookup" });
  list.id = `found-${(count += 1)}`;
  list.setAttribute("role", "listbox");
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
  Object.entries(attributes).forEach(([name, value]) => box.setAttribute(name, value));
  ["aria-invalid", "aria-describedby", "aria-required"].forEach((name) => {
    if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name));
  });
  select.before(holder);
  holder.append(box, list, select);
  box.id = select.id;
  select.removeAttribute("id");
  select.hidden = true;

  const name = () => (select.selectedOptions[0] ? select.selectedOptions[0].textContent : "");
  const show = () => { box.value = name(); };
  const place = () => {
    const at = box.getBoundingClientRect();
    const room = Math.max(120, window.innerHeight - at.bottom - 16);
    const style = { left: `${at.left}px`, top: `${at.bottom}px`, width: `${at.width}px`, maxHeight: `${room}px` };
    Object.assign(list.style, style);
  };
  let doubtful = false;
  const doubt = (whether) => {
    doubtful = whether;
    box.classList.toggle("bumen-doubtful", whether);
    box.title = whether ? select.dataset.lookupNone : "";
  };
  let timer = 0;
  let asked = 0;
  let at = -1;

  const close = () => {
    asked += 1;
    clearTimeout(timer);
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (id, label) => {
    const option = new Option(label, id, true, true);
    [...select.options].filter((one) => one.value).forEach((one) => one.remove());
    if (id !== "") select.add(option); else select.value = "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    show();
    doubt(false);
    close();
  };
  const mark = (place) => {
    const rows = [...list.querySelectorAll("[role=option]")];
    if (!rows.length) return;
    at = (place + rows.length) % rows.length;
    rows.forEach((row, one) => row.setAttribute("aria-selected", String(one === at)));
    rows[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", rows[at].id);
  };
  const fill = (records) => {
    list.replaceChildren(...records.map((record, place) => {
      const row = document.createElement("li");
      row.id = `${list.id}-${place}`;
      row.setAttribute("role", "option");
      row.textContent = record.label;
      row.addEventListener("mousedown", (event) => { event.preventDefault(); take(record.id, record.label); });
      return row;
    }));
    if (!records.length) {
      const none = document.createElement("li");
      none.className = "text-muted";
      none.textContent = select.dataset.lookupNone;
      list.append(none);
    }
    place();
    list.hidden = false;
    at = -1;
    box.setAttribute("aria-expanded", "true");
  };
  const search = async (words) => {
    const mine = (asked += 1);
    const records = await found(address, words);
    if (mine === asked && document.activeElement === box) fill(records);
  };
  const soon = () => {
    close();
    timer = setTimeout(() => search(box.value), WAIT);
  };

  box.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  box.addEventListener("compositionend", soon);
  box.addEventListener("focus", () => box.select());
  box.addEventListener("click", () => { if (list.hidden) search(box.value === name() ? "" : box.value); });
  const settle = async () => {
    const words = box.value.trim();
    const marked = list.hidden ? undefined : list.querySelectorAll("[role=option]")[at];
    close();
    if (words === name()) return doubt(false);
    if (!words) return take("", "");
    if (marked) return marked.dispatchEvent(new MouseEvent("mousedown"));
    const records = await found(address, words);
    if (box.value.trim() !== words || document.activeElement === box) return undefined;
    if (records.length === 1) return take(records[0].id, records[0].label);
    return doubt(true);
  };
  box.addEventListener("blur", settle);
  if (select.form) select.form.addEventListener("submit", (event) => {
    if (!doubtful || box.value.trim() === name()) return;
    event.preventDefault();
    box.focus();
    search(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const rows = list.querySelectorAll("[role=option]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) search(box.value === name() ? "" : box.value);
      else mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && (!list.hidden || (box.value.trim() && box.value !== name()))) {
      event.preventDefault();
      if (list.hidden) search(box.value);
      else if (at >= 0 || rows.length === 1) rows[Math.max(at, 0)].dispatchEvent(new MouseEvent("mousedown"));
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      show();
      close();
    }
  });
  window.addEventListener("scroll", (event) => { if (event.target !== list) close(); }, true);
  window.addEventListener("resize", close);
  show();
};

export { enhance as start };
