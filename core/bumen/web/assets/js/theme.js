// Light or dark is decided before anything is drawn, so that no page flashes.
const chosen = document.documentElement.dataset.theme || "system";
const dark = matchMedia("(prefers-color-scheme: dark)");

function dress() {
  const theme = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
  document.documentElement.setAttribute("data-bs-theme", theme);
}

dress();
dark.addEventListener("change", dress);
