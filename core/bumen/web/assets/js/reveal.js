// Shows a password while somebody wants to see it; hidden again before it is sent.
export function start(frame) {
  const field = frame.querySelector("input");
  const button = frame.querySelector("button");
  button.hidden = false;

  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => {
    show(field.type === "password");
    field.focus();
  });
  field.form?.addEventListener("submit", () => show(false));
}
