import { MOST_OUTER } from "./json_list.ts";
import { isExcessive, jsonExtent } from "../../runtime/json_extent.ts";
import { COLON, COMMA, isSpace, LINE_FEED, OPEN_BRACE } from "./json_bytes.ts";

/** The maximum length of a name that is compared, in bytes. */
export const LONGEST_NAME = 64;

/**
 * Finds an object after a comma or line break that starts with the same name as this one, which is typical of
 * the next record but not of a nested object. Returns -1 if there is none.
 */
export function nextRecord(record: Uint8Array): number {
  const first = firstName(record);
  if (first.length === 0) return -1;
  let led = false;
  for (let at = 1; at < record.length; at++) {
    const byte = record[at]!;
    if (byte === OPEN_BRACE && led && startsWith(record, at + 1, first)) return at;
    if (byte === COMMA || byte === LINE_FEED) led = true;
    else if (!isSpace(byte)) led = false;
  }
  return -1;
}

/**
 * Finds the next key of an object that starts with the name `first`; returns -1 if there is none. In a record that
 * `ended`, it is a part of that unless the record is no JSON.
 */
export function nextKeyed(record: Uint8Array, first: string, ended: boolean): number {
  const name = RegExp.escape(`"${first}"`);
  const pattern = new RegExp(`"[^"\\n]{0,200}"\\s*:\\s*\\{\\s*${name}\\s*:`, "g");
  const text = new TextDecoder("latin1").decode(record);
  const isFirst = /^\s*\{/.test(text);
  // The first match may be this record: that at its start, or after the start of the objects around it.
  const next = [...text.matchAll(pattern)].find(({ index }, n) => isFirst ? n > 0 : index > 0);
  return next === undefined || ended && isMember(text) ? -1 : next.index;
}

/** Whether a text is a key with its value, perhaps after the start of the objects around it. */
function isMember(text: string): boolean {
  if (isExcessive(jsonExtent(text))) return false;
  return isJson(`{${text}}`) || Array.from({ length: MOST_OUTER }, (_, n) => "}".repeat(n + 1))
    .some((closers) => isJson(text + closers));
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns the quoted first name in the object at the start of a record; nothing if it has none. */
function firstName(record: Uint8Array): Uint8Array {
  const text = new TextDecoder("latin1").decode(record.subarray(0, 2 * LONGEST_NAME));
  const [, before = "", name = ""] = /^(\{\s*)("[^"\\]*")\s*:/.exec(text) ?? [];
  return record.subarray(before.length, before.length + name.length);
}

/** Whether a name and a colon follow at `from`, perhaps after spaces. */
function startsWith(record: Uint8Array, from: number, name: Uint8Array): boolean {
  const start = afterSpaces(record, from);
  if (!name.every((byte, index) => record[start + index] === byte)) return false;
  return record[afterSpaces(record, start + name.length)] === COLON;
}

/** Returns where spaces end, of which only some are skipped. */
function afterSpaces(record: Uint8Array, from: number): number {
  let at = from;
  while (at < from + LONGEST_NAME && at < record.length && isSpace(record[at]!)) at++;
  return at;
}
