// palette
export function start(_element) {}
