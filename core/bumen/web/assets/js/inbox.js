// The inbox: whoever follows a notice has looked at it, and an opinion is typed where it is needed.
export function start(inbox) {
  inbox.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-seen-by]");
    if (link) tell(document.getElementById(link.dataset.seenBy));
  });
  inbox.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelector("textarea")?.focus();
  }, true);
  inbox.querySelector(".inbox-decide[open] textarea")?.focus();
}

// Send a form in passing: the page that comes does not wait for it.
function tell(form) {
  fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { "X-Requested-With": "fetch" },
    keepalive: true,
  }).catch(() => {});
}
