// grid
export function start(_element) {}
