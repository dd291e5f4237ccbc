// Which columns are shown, and in which order: by dragging, or by the buttons beside each.
export function columns(list) {
  const menu = list.querySelector("[data-columns]");
  const items = menu?.querySelector("[data-columns-order]");
  if (!items) return;
  menu.closest("details").addEventListener("toggle", () => equip(menu, items), { once: true });
  items.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-move]");
    if (!button) return;
    const item = button.closest("li");
    if (button.dataset.move === "up") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    button.focus();
  });
}

async function equip(menu, items) {
  const moves = menu.querySelector("template").content.firstElementChild;
  for (const item of items.children) {
    const own = moves.cloneNode(true);
    own.querySelectorAll("button").forEach((button) => {
      button.setAttribute("aria-label", button.getAttribute("aria-label").replace("#", item.textContent.trim()));
    });
    item.append(own);
  }
  const { default: Sortable } = await import("sortablejs");
  Sortable.create(items, { handle: "[data-grip]", animation: 120 });
}
