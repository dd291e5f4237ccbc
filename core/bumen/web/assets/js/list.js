// list
export function start(_element) {}
