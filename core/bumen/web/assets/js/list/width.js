// A table that fits keeps its head below the top of the window; a wider one scrolls by itself.
export function width(list) {
  const frame = list.querySelector("[data-wide]");
  const table = frame?.querySelector("table");
  if (!table) return;
  const look = () => {
    frame.classList.remove("list-fits");
    frame.classList.toggle("list-fits", table.scrollWidth <= frame.clientWidth + 1);
  };
  new ResizeObserver(look).observe(frame);
  look();
}
