// Asking the server for records: by words as they are typed, or by what they are called.
const LONGEST = 1500;
const MOST_BY_WORDS = 20;

const asked = async (address, query, signal) => {
  const answer = await fetch(`${address}${address.includes("?") ? "&" : "?"}${query}`, { credentials: "same-origin", signal });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  return answer.json();
};

export const search = (address, words, signal) =>
  asked(address, `q=${encodeURIComponent(words)}`, signal);

// The record that is meant: the only one found, or the only one that is called just that.
export function only(records, words) {
  if (records.length === 1) return records[0];
  const wanted = words.trim().toLowerCase();
  const named = records.filter(({ label }) => {
    const name = label.toLowerCase();
    return name === wanted || name.startsWith(`${wanted} `);
  });
  return named.length === 1 ? named[0] : undefined;
}

// What many names stand for, in few requests: by code or name, else the only one found.
export async function called(address, names) {
  const found = new Map();
  for (const query of queries(names)) {
    for (const record of await asked(address, query)) {
      found.set(record.is, [...(found.get(record.is) ?? []), record]);
    }
  }
  const left = names.filter((name) => !found.has(name)).slice(0, MOST_BY_WORDS);
  for (const name of left) found.set(name, await search(address, name));
  return new Map(names.map((name) => [name, only(found.get(name) ?? [], name)]));
}

// Addresses that no server finds too long.
function* queries(names) {
  let query = "";
  for (const name of names) {
    const part = `is=${encodeURIComponent(name)}`;
    if (query && query.length + part.length > LONGEST) {
      yield query;
      query = "";
    }
    query += query ? `&${part}` : part;
  }
  if (query) yield query;
}
