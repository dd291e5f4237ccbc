// The template of a paper: while somebody types, the server prints it and shows the pages; what is
// wrong is said with its line, to which the caret can be led. Lines are numbered, and pieces from the
// list below are put in where the caret is.
import { previewing, soon } from "./paper_pages.js";

const WAIT = 700;

export function start(frame) {
  const [form, shown] = [frame.querySelector("[data-paper-form]"), frame.querySelector("[data-shown]")];
  const [body, language] = [form.elements.body, shown.querySelector("[data-language]")];
  const ask = previewing(shown, { address: frame.dataset.preview, body: () => sent(form, language.value) });
  const later = soon(ask, WAIT);
  for (const name of ["input", "compositionend"]) body.addEventListener(name, later);
  language.addEventListener("change", ask);
  body.addEventListener("keydown", indent);
  number(body, frame.querySelector("[data-numbers]"));
  frame.addEventListener("click", ({ target }) => {
    const piece = target.closest("[data-insert]");
    if (piece) insert(body, piece.dataset.insert);
  });
  frame.addEventListener("submit", ({ submitter }) => submitter?.classList.add("btn-loading"));
  if (Number(body.dataset.line)) leadTo(body, Number(body.dataset.line));
  ask();
}

function sent(form, language) {
  const [body, csrf] = [form.elements.body.value, form.elements.csrf_token.value];
  return new URLSearchParams({ body, language, csrf_token: csrf, company: form.elements.company.value });
}

// Write the numbers of lines beside them; they scroll along.
function number(body, gutter) {
  const follow = () => (gutter.scrollTop = body.scrollTop);
  const count = () => {
    const lines = body.value.split("\n").length;
    if (gutter.childElementCount === lines) return;
    gutter.replaceChildren(...Array.from({ length: lines }, (_none, place) =>
      Object.assign(document.createElement("span"), { textContent: place + 1 })));
    gutter.children[Number(body.dataset.line) - 1]?.classList.add("paper-line-wrong");
    follow();
  };
  body.addEventListener("input", count);
  body.addEventListener("scroll", follow);
  count();
}

// What is put in can be taken back with the browser's own undo, where it offers a way to say so.
function insert(body, text) {
  body.focus();
  if (document.execCommand?.("insertText", false, text)) return;
  body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
  body.dispatchEvent(new Event("input"));
}

function leadTo(body, line) {
  const lines = body.value.split("\n");
  const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  body.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
  body.scrollTop = (body.scrollHeight / lines.length) * Math.max(line - 5, 0);
}

// Tab writes two blanks; Escape first, and Tab leaves the box, for whoever has only a keyboard.
function indent(event) {
  if (event.isComposing) return;
  if (event.key === "Escape") event.target.dataset.leave = "yes";
  else if (event.key === "Tab" && !event.shiftKey && !event.target.dataset.leave) {
    event.preventDefault();
    insert(event.target, "  ");
  } else delete event.target.dataset.leave;
}
