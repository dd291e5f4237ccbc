// The letterhead of papers: while somebody types, the sample beside it is printed anew.
import { previewing, soon } from "./paper_pages.js";

const WAIT = 700;

export function start(frame) {
  const [form, shown] = [frame.querySelector("form"), frame.querySelector("[data-shown]")];
  const ask = previewing(shown, { address: frame.dataset.preview, body: () => new FormData(form) });
  const later = soon(ask, WAIT);
  for (const name of ["input", "compositionend"]) form.addEventListener(name, later);
  ask();
}
