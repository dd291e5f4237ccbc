// Groups open where they stand: their rows are fetched once, then shown and hidden.
import htmx from "htmx.org";

function toggle(link, rows) {
  const open = link.getAttribute("aria-expanded") !== "true";
  link.setAttribute("aria-expanded", String(open));
  rows.hidden = !open;
}

export function groups(list) {
  list.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-group]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const rows = document.getElementById(link.dataset.group);
    if (!rows.dataset.fetched) {
      rows.dataset.fetched = "yes";
      rows.hidden = true;
      await htmx.ajax("GET", link.dataset.rows, {
        source: rows, target: rows, select: "#list-rows > tr", swap: "innerHTML",
      });
      list.dispatchEvent(new CustomEvent("list:changed"));
    }
    toggle(link, rows);
  });
}
