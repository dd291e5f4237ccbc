// Conditions are put together row by row: a field, how it is compared, and with what.
import { liven } from "../parts.js";

export function filters(list) {
  const panel = list.querySelector("[data-filters]");
  if (!panel) return;
  panel.querySelectorAll("[data-condition]").forEach(fit);
  panel.addEventListener("click", (event) => {
    const adds = event.target.closest("button[data-add]");
    const removes = event.target.closest("button[data-remove]");
    if (adds) add(panel, adds.dataset.add);
    if (removes) remove(panel, removes.closest("[data-condition]"));
  });
  panel.addEventListener("change", (event) => {
    if (event.target.matches("select[data-operator]")) {
      fit(event.target.closest("[data-condition]"));
    }
  });
}

function add(panel, name) {
  const template = panel.querySelector(`template[data-of="${name}"]`);
  const row = template.content.firstElementChild.cloneNode(true);
  panel.querySelector("[data-conditions]").append(row);
  fit(row);
  liven(row);
  const box = row.querySelector("[data-shape-of]:not([hidden]) :is(input:not([type=hidden]), select:not([data-part]))");
  (box ?? row.querySelector("[data-operator]")).focus();
}

function remove(panel, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next?.querySelector("button[data-remove]") ?? panel.querySelector("button[data-add]")).focus();
}

// Show the box that fits the comparison, under the name the address gives it.
function fit(row) {
  const operator = row.querySelector("select[data-operator]");
  const { shape, fixed } = operator.selectedOptions[0].dataset;
  row.querySelectorAll("[data-shape-of]").forEach((place) => {
    const fits = place.dataset.shapeOf === shape;
    place.hidden = !fits;
    place.querySelectorAll("[name^='filter.']").forEach((box) => {
      box.disabled = !fits;
      box.name = operator.value;
      if (fits && shape === "fixed") box.value = fixed;
    });
  });
}
