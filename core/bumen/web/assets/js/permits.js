// Helps with long lists of permissions: finds by words, counts, ticks a department at once.
export function start(form) {
  const words = form.querySelector("[data-words]");
  const areas = [...form.querySelectorAll("[data-area]")];

  areas.forEach(count);
  form.addEventListener("change", () => areas.forEach(count));
  for (const area of areas) {
    tickWith(area, "[data-every]", true);
    tickWith(area, "[data-none]", false);
  }

  words.hidden = false;
  const search = (event) => {
    if (!event.isComposing) find(words.value);
  };
  words.addEventListener("input", search);
  words.addEventListener("compositionend", () => find(words.value));
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });

  function find(typed) {
    const wanted = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const area of areas) {
      const title = area.querySelector("h3").textContent;
      for (const subject of area.querySelectorAll("[data-subject]")) {
        const text = `${title} ${subject.textContent}`.toLocaleLowerCase();
        subject.hidden = !wanted.every((word) => text.includes(word));
      }
      area.hidden = !area.querySelector("[data-subject]:not([hidden])");
    }
    form.querySelector("[data-nothing]").hidden = areas.some((area) => !area.hidden);
  }
}

function count(area) {
  const boxes = area.querySelectorAll("input[type=checkbox]");
  const ticked = area.querySelectorAll("input[type=checkbox]:checked");
  area.querySelector("[data-count]").textContent = `${ticked.length}/${boxes.length}`;
}

// Only what is shown: a search narrows what a button ticks.
function tickWith(area, selector, ticked) {
  const button = area.querySelector(selector);
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of area.querySelectorAll("[data-subject]:not([hidden]) input[type=checkbox]")) {
      box.checked = ticked;
    }
    count(area);
  });
}
