// Tabs: bringing what stands on one into sight, and remembering the open one in the address.
import Tab from "bootstrap/js/dist/tab";

// Open the tabs an element lies in, so that it can be seen and focused.
export function reveal(element) {
  const pane = element.closest(".tab-pane");
  const head = pane && document.querySelector(`[data-bs-target="#${pane.id}"]`);
  if (head) Tab.getOrCreateInstance(head).show();
}

// Open the tab the address names, and let the address follow the open tab.
export function remember(below) {
  const heads = [...below.querySelectorAll('[data-bs-toggle="tab"]')];
  const open = () => {
    const head = heads.find((one) => location.hash && one.dataset.bsTarget === location.hash);
    if (!head) return;
    Tab.getOrCreateInstance(head).show();
    head.closest("[data-tabs]")?.scrollIntoView();
  };
  open();
  window.addEventListener("hashchange", open);
  heads.forEach((head) => head.addEventListener("shown.bs.tab", () => {
    history.replaceState(history.state, "", head.dataset.bsTarget);
  }));
}
