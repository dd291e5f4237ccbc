// What every page starts with. Heavy parts are fetched by the pages that show them.
import "bootstrap/js/dist/alert";
import "bootstrap/js/dist/collapse";
import "bootstrap/js/dist/dropdown";
import "bootstrap/js/dist/modal";
import "bootstrap/js/dist/offcanvas";
import "bootstrap/js/dist/tab";
import htmx from "htmx.org";

import "./once.js";
import { liven } from "./parts.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.attributesToSettle = ["class"]; // styles set by scripts would be written as attributes
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token) event.detail.headers["X-CSRFToken"] = token.content;
});
document.addEventListener("htmx:load", (event) => liven(event.detail.elt));

liven(document);

// After something was sent, keys go on from what is said about it, not from the top of the page.
const said = document.querySelector("#messages .alert");
if (document.activeElement === document.body) said?.focus();
