// Menus close when one looks elsewhere or presses Escape.
const open = () => [...document.querySelectorAll("details[data-drop][open]")];

function close(menu, { back = false } = {}) {
  menu.open = false;
  if (back) menu.querySelector("summary").focus();
}

// Keep the panel inside the window, from whichever side there is room.
function place(menu) {
  menu.classList.remove("drop-back");
  const panel = menu.querySelector(".drop-panel");
  if (panel.getBoundingClientRect().right > document.documentElement.clientWidth - 8) {
    menu.classList.add("drop-back");
  }
}

export function menus() {
  document.addEventListener("click", (event) => {
    open().filter((menu) => event.target.isConnected && !menu.contains(event.target)).forEach((menu) => close(menu));
  });
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details[data-drop]") || !event.target.open) return;
    open().filter((menu) => menu !== event.target && !menu.contains(event.target)).forEach((menu) => close(menu));
    place(event.target);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    const inside = event.target.closest?.("details[data-drop][open]");
    (inside ? [inside] : open()).forEach((menu) => close(menu, { back: true }));
  });
}
