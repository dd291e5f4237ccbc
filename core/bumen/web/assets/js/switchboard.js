// The dialog of a switch begins anew each time: no plan of another department is ever seen in it.
export function start(board) {
  const dialog = board.querySelector("#switch-dialog");
  const plan = board.querySelector("#switch-plan");
  const waiting = plan.innerHTML;

  dialog.addEventListener("hidden.bs.modal", () => {
    plan.innerHTML = waiting;
  });
  dialog.addEventListener("htmx:afterSwap", () => plan.querySelector("textarea, a.btn")?.focus());
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    board.addEventListener(failure, () => {
      const said = document.createElement("p");
      said.setAttribute("role", "alert");
      said.textContent = plan.dataset.failed;
      plan.querySelector(".modal-body").replaceChildren(said);
    });
  }
}
