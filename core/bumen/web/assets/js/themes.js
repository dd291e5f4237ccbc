// Light, dark or as the system is: chosen at once, without leaving the page and what is typed there.
export function start(choices) {
  choices.addEventListener("click", (event) => {
    const chosen = event.target.closest("button[name=theme]");
    if (!chosen) return;
    event.preventDefault();
    const told = new FormData(chosen.form);
    told.set("theme", chosen.value);
    fetch(chosen.form.action, { method: "POST", body: told, redirect: "manual" });
    document.documentElement.dataset.theme = chosen.value;
    document.dispatchEvent(new Event("bumen:theme"));
    for (const button of choices.querySelectorAll("button[name=theme]")) {
      button.toggleAttribute("aria-current", button === chosen);
      if (button === chosen) button.setAttribute("aria-current", "true");
    }
  });
}
