/** How long after a key the next one still belongs to it, in ms. */
const PATIENCE_MS = 1_500;

/** What a key came to: something to do, the beginning of something, or nothing. */
export type KeyMeaning<T> = { kind: "whole"; value: T } | { kind: "begun" } | { kind: "none" };

/**
 * Reads keys that mean something alone or one after the other, such as `?` and `g o`. The answer takes a
 * key and the moment, in ms, at which it was pressed.
 */
export function createKeySequence<T>(
  meanings: ReadonlyMap<string, T>,
): (key: string, at: number) => KeyMeaning<T> {
  let begun = "";
  let begunAt = -Infinity;

  return (key, at) => {
    const before = at - begunAt <= PATIENCE_MS ? begun : "";
    begun = "";
    // A key that does not go on with what was begun begins anew.
    for (const keys of new Set([`${before}${key}`, key])) {
      const value = meanings.get(keys);
      if (value !== undefined) return { kind: "whole", value };
      if ([...meanings.keys()].some((each) => each.startsWith(`${keys} `))) {
        begun = `${keys} `;
        begunAt = at;
        return { kind: "begun" };
      }
    }
    return { kind: "none" };
  };
}
