// A record's page: its dialogs, its tabs, its link to copy, and the way back to the list as it was.
import Modal from "bootstrap/js/dist/modal";

import { keepHere, recallHere } from "./memory.js";
import { remember } from "./tabs.js";

const SAID = 3000;

export function start(page) {
  document.querySelectorAll(".modal[data-reopen]").forEach((one) => Modal.getOrCreateInstance(one).show());
  document.querySelectorAll(".modal").forEach((one) => one.addEventListener("shown.bs.modal", focusFirst));
  document.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", () => copy(button, page)));
  page.querySelector("[data-summary]")?.focus();
  remember(page);
  leadBack();
}

// The first thing to type into; where there is nothing to type, whoever reads decides.
function focusFirst(event) {
  const wrong = event.target.querySelector("[aria-invalid]");
  const first = wrong || event.target.querySelector(".modal-body :is(input, select, textarea):not([type=hidden], .tomselected)");
  (first || event.target.querySelector(".modal-footer .btn-primary"))?.focus();
}

async function copy(button, page) {
  const address = new URL(button.dataset.copy, location.href).href;
  if (navigator.clipboard) await navigator.clipboard.writeText(address).catch(() => copyByHand(address));
  else copyByHand(address);
  const said = page.querySelector("[data-said]");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = button.dataset.copied; });
  said.classList.add("said-now");
  setTimeout(() => said.classList.remove("said-now"), SAID);
}

// Where a page is not served securely, browsers offer no clipboard.
function copyByHand(text) {
  const box = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

// The list is left filtered and sorted; the path above leads back to it as it was.
function leadBack() {
  const links = [...document.querySelectorAll(".breadcrumb a")].filter((one) => one.pathname.endsWith("/list/"));
  for (const link of links) {
    const place = `list:${link.pathname}`;
    const from = document.referrer && new URL(document.referrer);
    if (from && from.origin === location.origin && from.pathname === link.pathname) keepHere(place, from.search);
    link.search = recallHere(place) || "";
  }
}
