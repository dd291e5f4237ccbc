// When something starts: only the boxes that belong to how often are shown.
export function start(form) {
  const every = form.elements.every;
  const boxes = form.querySelectorAll("[data-for]");
  const show = () => {
    for (const box of boxes) box.hidden = !box.dataset.for.split(" ").includes(every.value);
  };
  every.addEventListener("change", show);
  show();
}
