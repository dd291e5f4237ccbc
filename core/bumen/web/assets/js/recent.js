// Which records somebody has opened, in this browser, for one company: gone when they sign out.
import { forget, keep, recall } from "./memory.js";

const KEY = "bumen.recent";
const MOST = 8;

const kept = () => {
  try {
    return JSON.parse(recall(KEY)) || {};
  } catch {
    return {};
  }
};

// Return what was opened, the latest first: [{label, hint, url}].
export function recent(owner) {
  const found = kept();
  return found.owner === owner && Array.isArray(found.records) ? found.records : [];
}

// Remember the page that is shown, if it is a record's; forget everything at the end of the session.
export function remember(owner) {
  document.getElementById("sign-out")?.addEventListener("submit", () => forget(KEY));
  if (!/^\/[^?#]+\/show\/\d+$/.test(location.pathname)) return;
  const list = document.querySelector(".side-entry[aria-current]");
  const here = {
    label: document.title.replace(/ – [^–]*$/, ""),
    hint: list ? list.textContent.trim() : "",
    url: location.pathname,
  };
  const others = recent(owner).filter((one) => one.url !== here.url);
  const records = [here, ...others].slice(0, MOST);
  keep(KEY, JSON.stringify({ owner, records }));
}
