// Making a record on the fly: the form of the other list in a dialog; what is made is taken.
import Modal from "bootstrap/js/dist/modal";

import { liven } from "./parts.js";

const asFetched = { Accept: "text/html, application/json", "X-Requested-With": "fetch" };

// Ask for a new record that is called like this; resolves to it, or to undefined.
export async function made(select, words) {
  const begun = select.dataset.lookupAdd;
  const address = begun.endsWith("=") ? `${begun}${encodeURIComponent(words)}` : begun;
  const answer = await fetch(address, { credentials: "same-origin", headers: asFetched }).catch(() => null);
  if (answer?.redirected) window.location.reload();
  if (!answer?.ok || answer.redirected) return undefined;
  return shown(frame(await answer.text()), select.dataset.lookupUnsaved);
}

function frame(html) {
  const holder = document.createElement("div");
  holder.className = "modal modal-blur";
  holder.tabIndex = -1;
  holder.innerHTML = '<div class="modal-dialog modal-lg modal-dialog-scrollable"></div>';
  holder.firstElementChild.innerHTML = html;
  const title = holder.querySelector("form")?.getAttribute("aria-labelledby");
  if (title) holder.setAttribute("aria-labelledby", title);
  document.body.append(holder);
  return holder;
}

function shown(holder, unsaved) {
  const modal = new Modal(holder);
  let record;
  holder.addEventListener("shown.bs.modal", () => focus(holder));
  holder.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    record = await sent(event.target, event.submitter, unsaved);
    if (record) modal.hide();
  });
  liven(holder);
  modal.show();
  return new Promise((resolve) => {
    holder.addEventListener("hidden.bs.modal", () => {
      modal.dispose();
      holder.remove();
      resolve(record);
    });
  });
}

async function sent(form, submitter, unsaved) {
  const answer = await fetch(form.getAttribute("action"), {
    method: "POST",
    body: new FormData(form, submitter),
    credentials: "same-origin",
    headers: { Accept: "application/json", "X-Requested-With": "fetch" },
  }).catch(() => Response.error());
  const text = await answer.text();
  if (answer.status === 201) return JSON.parse(text);
  const dialog = form.parentElement;
  if (answer.status === 422 || (answer.status === 409 && text.includes("data-record-dialog"))) {
    dialog.innerHTML = text;
    liven(dialog);
    (dialog.querySelector("[data-summary]") ?? dialog.querySelector("[aria-invalid]"))?.focus();
    return undefined;
  }
  const said = Object.assign(document.createElement("div"), {
    className: "alert alert-danger",
    textContent: unsaved,
  });
  said.setAttribute("role", "alert");
  form.querySelector(".modal-body").prepend(said);
  return undefined;
}

function focus(holder) {
  const fields = [...holder.querySelectorAll(".modal-body input, .modal-body textarea")];
  const field = fields.find((one) => one.type !== "hidden" && one.required !== true && !one.value);
  (field ?? holder.querySelector(".modal-body input:not([type=hidden])"))?.focus();
}
