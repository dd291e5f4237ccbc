// The menu remembers which of its groups are folded up: in a cookie, so that pages come that way.
const A_YEAR = 365 * 24 * 60 * 60;

export function start(menu) {
  const groups = [...menu.querySelectorAll("details[data-group]")];
  const keep = () => {
    const folded = groups.filter((group) => !group.open).map((group) => group.dataset.group);
    document.cookie = `bumen_folded=${folded.join(".")}; path=/; max-age=${A_YEAR}; samesite=lax`;
  };
  groups.forEach((group) => group.addEventListener("toggle", keep));
  menu.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}
