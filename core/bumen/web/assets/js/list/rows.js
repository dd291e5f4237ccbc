// A click anywhere in a row opens its record; selects marked as such send their form.
const own = "a, button, input, select, label, summary, textarea";

export function rows(list) {
  list.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (!row || event.target.closest(own) || String(getSelection())) return;
    const link = row.querySelector("a[data-record]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });
  list.addEventListener("auxclick", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (event.button !== 1 || !row || event.target.closest(own)) return;
    const link = row.querySelector("a[data-record]");
    if (link) window.open(link.href, "_blank", "noopener");
  });
  list.addEventListener("change", (event) => {
    if (event.target.matches("select[data-send]")) event.target.form.requestSubmit();
  });
}
