/** The timeout between two keys of a sequence, in ms. */
const PATIENCE_MS = 1_500;

/** The result of a key: a complete shortcut, the start of one, or none. */
export type KeyMeaning<T> = { kind: "whole"; value: T } | { kind: "begun" } | { kind: "none" };

/**
 * Recognizes shortcuts of one or several keys, such as `?` and `g o`. The returned function takes a key and the
 * time in ms at which it was pressed.
 */
export function createKeySequence<T>(
  meanings: ReadonlyMap<string, T>,
): (key: string, at: number) => KeyMeaning<T> {
  let begun = "";
  let begunAt = -Infinity;

  return (key, at) => {
    const before = at - begunAt <= PATIENCE_MS ? begun : "";
    begun = "";
    // A key that does not continue the sequence starts a new one.
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
