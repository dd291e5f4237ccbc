// calendar
export function start(_element) {}
