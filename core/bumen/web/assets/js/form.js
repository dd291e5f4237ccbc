// form
export function start(_element) {}
