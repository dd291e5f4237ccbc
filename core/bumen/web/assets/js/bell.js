// The counter in the bar: remembered from page to page, looked up now and then, and told which
// record is looked at, so that what was told about it is new no more.
const EVERY = 60_000;
const FRESH = 20_000;
const MOST = 99;
const A_RECORD = /^\/([^/]+)\/([^/]+)\/show\/(\d+)$/;
const A_RUN = /^\/(work)\/(\d+)$/;

export async function start(bell) {
  const place = `inbox ${bell.dataset.whose}`;
  const known = bell.dataset.count ?? remembered(place);
  if (known === null) await tell(bell, place, bell.dataset.countAt);
  else show(bell, place, Number(known), { keep: "count" in bell.dataset });
  const record = A_RECORD.exec(location.pathname) ?? run(location.pathname);
  if (record && !bell.querySelector(".bar-count").hidden) see(bell, place, record);
  const look = () => document.hidden || remembered(place) !== null || tell(bell, place, bell.dataset.countAt);
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}

// Background work is looked at like a record of the host's.
function run(path) {
  const [, list, ident] = A_RUN.exec(path) ?? [];
  return ident && [path, "core", list, ident];
}

// Whoever looks at a record has seen what was told about it.
function see(bell, place, [, department, list, ident]) {
  const address = bell.dataset.seenAt.replace("KEY/0", `${department}.${list}/${ident}`);
  const token = document.querySelector('meta[name="csrf-token"]').content;
  tell(bell, place, address, { method: "POST", headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" } });
}

async function tell(bell, place, address, sent = {}) {
  try {
    const answer = await fetch(address, sent);
    if (answer.ok && answer.headers.get("Content-Type")?.includes("json")) show(bell, place, (await answer.json()).count);
  } catch {
    // Without a connection the number stays what it was.
  }
}

function show(bell, place, count, { keep = true } = {}) {
  const badge = bell.querySelector(".bar-count");
  badge.hidden = count === 0;
  badge.textContent = count > MOST ? `${MOST}+` : String(count);
  bell.setAttribute("aria-label", count ? `${bell.dataset.words}${bell.dataset.colon}${count}` : bell.dataset.words);
  if (keep) sessionStorage.setItem(place, JSON.stringify({ count, at: Date.now() }));
}

// What was counted a moment ago; null when it is too long ago.
function remembered(place) {
  const { count, at } = JSON.parse(sessionStorage.getItem(place) ?? "{}");
  return at && Date.now() - at < FRESH ? count : null;
}
