// Sends what was moved in a view, and tells people what became of it.
import htmx from "htmx.org";

const KEPT = 6000;

// Posts a form's fields; returns { done, status, message, fields }, without a status where nobody
// answered. Whoever has been signed out is asked to sign in again.
export async function send(url, body) {
  const headers = { Accept: "application/json" };
  const answer = await fetch(url, { method: "POST", body, headers, credentials: "same-origin" }).catch(() => null);
  if (!answer) return { done: false, message: document.getElementById("list").dataset.unanswered, fields: {} };
  const told = await answer.json().catch(() => null);
  if (told === null) {
    location.reload();
    return new Promise(() => {});
  }
  if (answer.ok) return { done: true, status: answer.status, message: told.message, fields: {} };
  return { done: false, status: answer.status, message: told.error.message, fields: told.error.fields };
}

// Says a sentence at the edge of the page, to eyes and to screen readers.
export function say(sentence, { bad = false } = {}) {
  const place = document.querySelector(".said") ?? document.body.appendChild(makePlace());
  const note = document.createElement("div");
  note.className = `said-note ${bad ? "said-bad" : "said-good"}`;
  note.textContent = sentence;
  place.append(note);
  setTimeout(() => note.remove(), KEPT);
}

// Shows the list as it is now, in the view it is in.
export function refresh() {
  return htmx.ajax("GET", location.href, {
    target: "#list",
    select: "#list",
    selectOOB: "#list-count,#list-actions",
    swap: "outerHTML show:none",
  });
}

function makePlace() {
  const place = document.createElement("div");
  place.className = "said";
  place.setAttribute("role", "status");
  place.setAttribute("aria-live", "polite");
  return place;
}
