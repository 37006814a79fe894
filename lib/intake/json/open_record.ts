import { MAX_RECORD } from "../parsed.ts";
import { jsonScan } from "./json_scan.ts";

/** An object on a line that does not end there: it may continue on the next lines, with a line break in a string. */
export interface OpenRecord {
  line: number;
  /** Its text so far. */
  text: string;
  /** The lines after its first one that look like objects of their own. */
  objects: { line: number; text: string }[];
  /** Adds a line: returns "open", the whole text if the object ends there, or null if it does not continue. */
  add(record: { line: number; text: string }): "open" | string | null;
}

/** A longer line is not continued: each byte is scanned again. */
const LONGEST_START = 256 * 1024;

const OBJECT_END = /\}\s*$/;

/** Returns the record of a line if its object is not closed there; else null. */
export function openRecord({ line, text }: { line: number; text: string }): OpenRecord | null {
  if (text.length > LONGEST_START || !/^\s*\{/.test(text)) return null;
  const first = firstName(text);
  const scan = jsonScan();
  const encoder = new TextEncoder();
  const end = (part: string) => scan.scan(encoder.encode(part), 0);
  // Leading white space is a record of its own.
  if (end(text.trimStart()) !== -1) return null;
  return {
    line,
    text,
    objects: [],
    add({ line, text: next }) {
      if (this.text.length + next.length > MAX_RECORD) return null;
      // A line that starts like this one starts the next record, even where an object may follow.
      if (first !== null && firstName(next) === first) return null;
      const at = end(next);
      const isObject = next.startsWith("{") && OBJECT_END.test(next);
      if (at === -1) {
        if (isObject) this.objects.push({ line, text: next });
        this.text += next;
        return "open";
      }
      const isNext = scan.isDamaged() ||
        encoder.encode(next).subarray(0, at).every((byte) => byte <= 0x20);
      if (isNext) return null;
      if (isObject) this.objects.push({ line, text: next });
      return this.text + next;
    },
  };
}

/** Returns the first name in the object that a line starts with, or null. */
function firstName(line: string): string | null {
  return /^\s*\{\s*("[^"\\]{0,100}")\s*:/.exec(line)?.[1] ?? null;
}
