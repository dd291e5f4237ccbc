// The order of a dashboard's cards: dragged into their places, or moved by the buttons beside each.
export async function start(items) {
  const { default: Sortable } = await import("sortablejs");
  Sortable.create(items, {
    handle: "[data-grip]",
    animation: 120,
    forceFallback: true,
    onEnd({ oldIndex, newIndex }) {
      if (oldIndex === newIndex) return;
      const form = items.closest("form");
      const order = form.querySelector("[name=order]");
      order.value = [...items.children].map(({ dataset }) => dataset.key).join(" ");
      order.disabled = false;
      form.requestSubmit();
    },
  });
  items.toggleAttribute("data-drags", true);
}
