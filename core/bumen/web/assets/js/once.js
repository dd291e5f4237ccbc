// A form that has been sent is not sent again: a double click has one effect.
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form").forEach((form) => sent.delete(form));
});
