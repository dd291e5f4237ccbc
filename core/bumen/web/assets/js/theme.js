// Light or dark is decided before anything is drawn, so that no page flashes.
const page = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function dress() {
  const chosen = page.dataset.theme || "system";
  const theme = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
  page.setAttribute("data-bs-theme", theme);
}

dress();
dark.addEventListener("change", dress);
document.addEventListener("bumen:theme", dress);
