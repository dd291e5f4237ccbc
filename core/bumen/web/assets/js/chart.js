// chart
export function start(_element) {}
