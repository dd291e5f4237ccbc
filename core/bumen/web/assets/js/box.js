// Boxes that do more than their element: texts that grow, pictures seen before they are sent.
export function start(element) {
  if (element.matches("textarea")) grow(element);
  else picture(element);
}

function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", fit);
  fit();
}

function picture(holder) {
  const file = holder.querySelector("input[type=file]");
  const [shown, undo] = [holder.querySelector(".box-shown"), holder.querySelector(".box-undo")];
  const show = () => {
    if (shown.src) URL.revokeObjectURL(shown.src);
    const [chosen] = file.files;
    shown.hidden = undo.hidden = !chosen;
    if (chosen) shown.src = URL.createObjectURL(chosen);
    else shown.removeAttribute("src");
  };
  file.addEventListener("change", show);
  undo.addEventListener("click", () => {
    file.value = "";
    show();
    file.focus();
    file.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
