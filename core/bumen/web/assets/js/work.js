// The sign in the bar that own work goes on in the background: looked up often while it does, seldom
// otherwise, and remembered from page to page.
import { keepHere, recallHere } from "./memory.js";

const OFTEN = 3_000;
const SELDOM = 60_000;
const FRESH = 20_000;

export function start(sign) {
  const place = `work ${sign.dataset.whose}`;
  const known = sign.dataset.open ?? remembered(place);
  if (known === null) look(sign, place);
  else show(sign, place, Number(known));
}

async function look(sign, place) {
  let count = Number(sign.dataset.now ?? 0);
  if (!document.hidden) {
    try {
      const answer = await fetch(sign.dataset.countAt);
      if (answer.ok && answer.headers.get("Content-Type")?.includes("json")) count = (await answer.json()).count;
    } catch {
      // Without a connection the sign stays what it was.
    }
  }
  show(sign, place, count);
}

function show(sign, place, count) {
  sign.dataset.now = count;
  sign.hidden = count === 0;
  sign.querySelector(".bar-count").textContent = count;
  sign.setAttribute("aria-label", sign.dataset.words + sign.dataset.colon + count);
  keepHere(place, JSON.stringify({ count, at: Date.now() }));
  setTimeout(() => look(sign, place), count ? OFTEN : SELDOM);
}

// What was looked up a moment ago still holds, unless something went on then.
function remembered(place) {
  const kept = JSON.parse(recallHere(place) ?? "null");
  return kept && kept.count === 0 && Date.now() - kept.at < FRESH ? 0 : null;
}
