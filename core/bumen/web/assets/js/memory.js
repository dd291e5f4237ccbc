// What a browser remembers for our pages. Where it may not, nothing is remembered and nothing breaks.
const quietly = (does) => {
  try {
    return does();
  } catch {
    return null;
  }
};

export const recall = (key) => quietly(() => localStorage.getItem(key));
export const keep = (key, text) => quietly(() => localStorage.setItem(key, text));
export const forget = (key) => quietly(() => localStorage.removeItem(key));

// The same, for as long as a window is open.
export const recallHere = (key) => quietly(() => sessionStorage.getItem(key));
export const keepHere = (key, text) => quietly(() => sessionStorage.setItem(key, text));
