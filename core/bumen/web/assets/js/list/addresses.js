// Addresses stay short: what was left empty is not in them, and columns are one argument.
export function addresses(list) {
  list.addEventListener("htmx:configRequest", (event) => {
    const { formData, verb } = event.detail;
    if (verb !== "get") return;
    const given = [...formData.entries()].filter(([, value]) => String(value).trim());
    const columns = given.filter(([name]) => name === "columns").map(([, value]) => value);
    [...formData.keys()].forEach((name) => formData.delete(name));
    given.filter(([name]) => name !== "columns").forEach(([name, value]) => formData.append(name, value));
    if (columns.length) formData.append("columns", columns.join(","));
  });
}
