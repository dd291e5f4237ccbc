// A form that has been sent is not sent again: a double click has one effect.
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || wayOf(event) !== "post") return;
  if (event.submitter?.formTarget === "_blank") return; // the page stays, to be sent from again
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form").forEach((form) => sent.delete(form));
});

// Read as attributes: a field called "method" would stand in the way of the form's own property.
function wayOf({ target, submitter }) {
  const way = submitter?.getAttribute("formmethod") ?? target.getAttribute("method") ?? "get";
  return way.toLowerCase();
}
