// A question before something is done for good: the page's own dialog, asked in the page's words.
// Resolves to whether it was said yes to; whoever closes it has said no. Then the keys go on where
// they were.
import { closeOutside } from "./keys.js";

export function sure(below, question) {
  const dialog = below.querySelector("dialog[data-sure-asked]");
  const before = document.activeElement;
  dialog.querySelector("[data-question]").textContent = question;
  dialog.returnValue = "";
  if (!dialog.dataset.alive) {
    dialog.dataset.alive = "1";
    dialog.querySelector("[data-yes]").addEventListener("click", () => dialog.close("yes"));
    dialog.querySelector("[data-no]").addEventListener("click", () => dialog.close());
    closeOutside(dialog);
  }
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (before?.isConnected) before.focus();
      resolve(dialog.returnValue === "yes");
    }, { once: true });
    dialog.showModal();
  });
}
