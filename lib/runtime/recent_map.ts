/** A map that forgets old entries. */
export interface RecentMap<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
}

/**
 * Creates a map of at least the `count` entries that were set last, and at most twice as many. It forgets a whole
 * generation at once: finding the oldest key of a `Map` takes linear time in the keys deleted before it.
 */
export function createRecentMap<Key, Value>(count: number): RecentMap<Key, Value> {
  let recent = new Map<Key, Value>();
  let older = new Map<Key, Value>();
  return {
    get: (key) => recent.get(key) ?? older.get(key),
    set(key, value) {
      recent.set(key, value);
      if (recent.size < count) return;
      older = recent;
      recent = new Map();
    },
  };
}
