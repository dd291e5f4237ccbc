// The letterhead of papers, and texts around their tables: while somebody types, the paper beside it
// is printed anew, in the language of the box that is typed in where there are several.
import { previewing, soon } from "./paper_pages.js";

const WAIT = 700;

export function start(frame) {
  const [form, shown] = [frame.querySelector("form"), frame.querySelector("[data-shown]")];
  const [address, language] = [frame.dataset.preview, shown.querySelector("[data-language]")];
  const ask = previewing(shown, { address, body: () => new FormData(form) });
  const later = soon(ask, WAIT);
  for (const name of ["input", "compositionend"]) {
    form.addEventListener(name, (event) => {
      if (language && event.target.dataset.speaks) language.value = event.target.dataset.speaks;
      later(event);
    });
  }
  language?.addEventListener("change", ask);
  ask();
}
