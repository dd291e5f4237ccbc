// What is shown to be taken along: a button copies it and says so. Without this script it is marked
// and copied by hand.
export function start(frame) {
  const button = frame.querySelector("[data-copy]");
  const shown = frame.querySelectorAll("[data-copied]");
  const said = frame.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = [...shown].map((one) => one.textContent.trim()).join("\n");
    const done = (await written(text)) || chosen(shown);
    said.textContent = done ? button.dataset.done : button.dataset.byHand;
  });
}

// Browsers let pages write to the clipboard only over HTTPS, or on the machine itself.
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// Otherwise it is marked, and copied the old way where that is still to be had.
function chosen(shown) {
  const range = document.createRange();
  range.setStartBefore(shown[0]);
  range.setEndAfter(shown[shown.length - 1]);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return document.execCommand("copy");
}
