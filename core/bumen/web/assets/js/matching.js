// Which column becomes which field: what is shown beside it follows at once.
export function start(form) {
  for (const row of form.querySelectorAll("[data-column]")) read(row);
  const fields = () => [
    ...form.querySelectorAll("select[name*='to.'], select[name='constant_field']"),
  ];
  const follow = () => {
    const given = new Set(fields().map((field) => field.value).filter(Boolean));
    keys(form, given);
    missing(form, given);
  };
  for (const field of fields()) field.addEventListener("change", follow);
  follow();
}

// How a column is read: only what its kind of field needs. What depends on one field alone
// (`data-of`) is gone with it, and what is said instead (`data-unless`) is there for another.
function read(row) {
  const field = row.querySelector("select[name*='to.']");
  const boxes = row.querySelectorAll("[data-for]");
  const show = () => {
    const kind = field.selectedOptions[0]?.dataset.kind ?? "";
    for (const box of boxes) {
      const { for: kinds, of, unless } = box.dataset;
      const another = (of && of !== field.value) || unless === field.value;
      box.hidden = !kind || !kinds.split(" ").includes(kind) || another;
    }
  };
  field.addEventListener("change", show);
  show();
}

// A record can be known by what is given.
function keys(form, given) {
  let some = false;
  for (const box of form.querySelectorAll("[data-key]")) {
    box.hidden = !given.has(box.dataset.key);
    some ||= !box.hidden;
    if (box.hidden) box.querySelector("input").checked = false;
  }
  form.querySelector("[data-no-key]").hidden = some;
}

// What must be given and is not; of lines only where there are any.
function missing(form, given) {
  const groups = new Set([...given].map((name) => name.includes(".") ? name.split(".")[0] : ""));
  const names = new Map();
  for (const option of form.querySelectorAll("option[data-must]")) {
    const { must, group } = option.dataset;
    if (!given.has(option.value) && (!group || groups.has(group))) names.set(option.value, must);
  }
  const note = form.querySelector("[data-missing]");
  const place = note.querySelector("[data-names]");
  note.hidden = names.size === 0;
  place.textContent = [...names.values()].join(place.dataset.between);
}
