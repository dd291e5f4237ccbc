// The files of a record: dropped, chosen or pasted, sent with a bar that tells how far, and the tab
// drawn again. Without this script the form beside them does the same with a button.
import { liven } from "./parts.js";
import { sure } from "./sure.js";

const MEGABYTE = 1024 * 1024;

export function start(form) {
  const chosen = form.querySelector("input[type=file]");
  form.classList.add("is-live");
  chosen.addEventListener("change", () => send(form, [...chosen.files]));
  const pane = form.closest("[data-files]");
  for (const kind of ["dragenter", "dragover"]) {
    pane.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  pane.addEventListener("dragleave", (event) => {
    if (!pane.contains(event.relatedTarget)) form.classList.remove("is-over");
  });
  pane.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    form.classList.remove("is-over");
    send(form, [...event.dataTransfer.files]);
  });
  document.addEventListener("paste", function pasted(event) {
    if (form.isConnected) paste(event, form);
    else document.removeEventListener("paste", pasted);
  });
  pane.addEventListener("submit", (event) => takeAway(event, form));
}

// Files that were copied elsewhere, while the tab is open; words stay where they are pasted.
function paste(event, form) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length || !form.offsetParent || event.target.closest("input, textarea, dialog[open], .modal.show")) return;
  event.preventDefault();
  send(form, files);
}

async function send(form, files) {
  const most = Number(form.dataset.most) * MEGABYTE;
  const large = files.find((file) => file.size > most);
  if (!files.length) return;
  if (large) {
    wrong(form, form.dataset.tooLarge.replace("{name}", large.name));
    return;
  }
  const bar = form.querySelector("progress");
  bar.hidden = false;
  let answer = null;
  for (const [place, file] of files.entries()) {
    const body = hiddenOf(form);
    body.append("file", file, file.name);
    answer = await post(form.action, body, (part) => { bar.value = (100 * (place + part)) / files.length; });
    if (!answer || answer.status >= 400) break;
  }
  show(form, answer);
}

async function takeAway(event, form) {
  const away = event.target.closest("[data-away]");
  if (!away) return;
  event.preventDefault();
  if (!(await sure(form.closest("[data-files]"), away.querySelector("[data-sure]").dataset.sure))) return;
  show(form, await post(away.action, new FormData(away), () => {}));
}

// What a form is sent with beside the files.
function hiddenOf(form) {
  const body = new FormData();
  for (const one of form.querySelectorAll("input[type=hidden]")) body.append(one.name, one.value);
  return body;
}

function post(url, body, tell) {
  return new Promise((resolve) => {
    const sent = new XMLHttpRequest();
    sent.open("POST", url);
    sent.setRequestHeader("HX-Request", "true");
    sent.upload.addEventListener("progress", (event) => event.lengthComputable && tell(event.loaded / event.total));
    sent.addEventListener("load", () => resolve({ status: sent.status, text: sent.responseText }));
    sent.addEventListener("error", () => resolve(null));
    sent.send(body);
  });
}

// Draw the tab again as the answer shows it; an answer that is no tab says that nothing was kept.
function show(form, answer) {
  const drawn = answer && new DOMParser().parseFromString(answer.text, "text/html").querySelector("[data-files]");
  if (!drawn) {
    wrong(form, form.dataset.broken);
    return;
  }
  const pane = form.closest("[data-files]");
  const count = drawn.querySelectorAll(".files-one").length;
  pane.replaceWith(drawn);
  tell(drawn.closest(".tab-pane"), count);
  liven(drawn);
  drawn.querySelector("input[type=file]")?.focus({ preventScroll: true });
}

function wrong(form, sentence) {
  const place = form.querySelector(".files-wrong");
  place.textContent = sentence;
  place.hidden = false;
  form.querySelector("progress").hidden = true;
  form.querySelector("input[type=file]").value = "";
}

// The head of the tab tells how many there are.
function tell(pane, count) {
  const head = pane && document.querySelector(`[data-bs-target="#${pane.id}"]`);
  if (!head) return;
  head.querySelector(".tab-count")?.remove();
  if (!count) return;
  const badge = document.createElement("span");
  badge.className = "badge tab-count ms-1";
  badge.textContent = count;
  head.append(" ", badge);
}
