// How a lookup looks: its list, its buttons, where the list stands, and what is read aloud.
const NARROWEST = 240;
const LOWEST = 220;

const element = (tag, className, text = "") =>
  Object.assign(document.createElement(tag), { className, textContent: text });

const told = (className, text) => {
  const row = element("div", className, text);
  row.setAttribute("role", "option");
  row.setAttribute("aria-disabled", "true");
  return row;
};

export function render(select) {
  const { lookupNone = "", lookupWait = "", lookupFailed = "", lookupNew = "…" } = select.dataset;
  return {
    option: (record) => element("div", "", record.label),
    item: (record) => element("div", "", record.label),
    loading: () => told("lookup-told", lookupWait),
    no_results() {
      if (this.loading) return null;
      return told("lookup-told", this.failed ? lookupFailed : lookupNone);
    },
    option_create: ({ input }) => {
      const row = element("div", "create", lookupNew.replace("…", input));
      row.setAttribute("role", "option");
      row.id = `${select.id}-create`;
      return row;
    },
  };
}

export function dress(box, select) {
  const { control_input: input, control, wrapper } = box;
  wrapper.classList.remove("form-select");
  select.setAttribute("aria-hidden", "true");
  select.addEventListener("focus", () => box.focus());
  input.setAttribute("aria-autocomplete", "list");
  for (const name of ["aria-describedby", "aria-required", "aria-invalid", "aria-label"]) {
    if (!select.hasAttribute(name)) continue;
    input.setAttribute(name, select.getAttribute(name));
    if (name === "aria-label") box.dropdown_content.setAttribute(name, select.getAttribute(name));
  }
  const buttons = element("span", "lookup-buttons");
  buttons.append(...[opener(box, select), clearer(box, select)].filter(Boolean));
  wrapper.append(buttons);
  control.dataset.lookupControl = "";
  const place_here = () => place(box);
  box.positionDropdown = place_here;
  box.hook("after", "refreshOptions", () => {
    const create = box.dropdown_content.querySelector(".create");
    if (create) box.dropdown_content.append(create);
    if (box.isOpen) place_here();
  });
  box.on("dropdown_open", () => document.addEventListener("scroll", place_here, true));
  box.on("dropdown_close", () => document.removeEventListener("scroll", place_here, true));
}

// Below the box, or above it where there is more room.
export function place({ control, dropdown }) {
  const at = control.getBoundingClientRect();
  const width = Math.min(Math.max(at.width, NARROWEST), window.innerWidth - 16);
  const left = Math.max(8, Math.min(at.left, window.innerWidth - width - 8));
  const below = window.innerHeight - at.bottom;
  const above = below < LOWEST && at.top > below;
  const top = above ? at.top - dropdown.offsetHeight - 4 : at.bottom + 2;
  dropdown.classList.toggle("is-above", above);
  Object.assign(dropdown.style, {
    width: `${width}px`,
    left: `${left + window.scrollX}px`,
    top: `${top + window.scrollY}px`,
  });
}

function clearer(box, select) {
  if (select.multiple) return null;
  const button = element("button", "lookup-clear", "×");
  Object.assign(button, { type: "button", tabIndex: -1 });
  button.setAttribute("aria-label", select.dataset.lookupClear ?? "");
  button.addEventListener("click", () => {
    box.clear();
    box.setTextboxValue("");
    box.focus();
  });
  return button;
}

function opener(box, select) {
  const { lookupPage, lookupOpen } = select.dataset;
  if (!lookupPage) return null;
  const link = element("a", "lookup-open", "↗");
  Object.assign(link, { target: "_blank", rel: "noopener", title: lookupOpen });
  if (select.closest("[data-grid]")) link.tabIndex = -1;
  const point = () => {
    link.hidden = !select.value;
    link.href = lookupPage.replace(/0$/, encodeURIComponent(select.value));
    const name = select.selectedOptions[0]?.textContent ?? "";
    link.setAttribute("aria-label", `${lookupOpen}: ${name}`);
  };
  select.addEventListener("change", point);
  box.on("item_add", () => setTimeout(point));
  point();
  return link;
}
