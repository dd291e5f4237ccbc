// board
export function start(_element) {}
