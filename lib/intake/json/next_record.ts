import { COMMA, isSpace, LINE_FEED, OPEN_BRACE } from "./json_bytes.ts";

const LONGEST_NAME = 64;

/**
 * Finds an object after a comma or line break that starts with the same name as this one, which is typical of
 * the next record but not of a nested object. Returns -1 if there is none.
 */
export function nextRecord(record: Uint8Array): number {
  const first = firstName(record, 0);
  if (first === "") return -1;
  let led = false;
  for (let at = 1; at < record.length; at++) {
    const byte = record[at]!;
    if (byte === OPEN_BRACE && led && firstName(record, at) === first) return at;
    if (byte === COMMA || byte === LINE_FEED) led = true;
    else if (!isSpace(byte)) led = false;
  }
  return -1;
}

/** Returns the quoted first name in the object at `from`, or an empty string. */
function firstName(record: Uint8Array, from: number): string {
  const text = new TextDecoder("latin1").decode(record.subarray(from, from + 2 * LONGEST_NAME));
  return /^\{\s*("[^"\\]*")\s*:/.exec(text)?.[1] ?? "";
}
