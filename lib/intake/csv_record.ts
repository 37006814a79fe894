import type { Scan } from "./records.ts";

const QUOTE = 0x22;
const COMMA = 0x2C;
const LINE_FEED = 0x0A;
const CARRIAGE_RETURN = 0x0D;

/** In a quoted field, or just after a quote there, or at a field's start, or elsewhere. */
type Place = "start" | "bare" | "quoted" | "closed";

/**
 * Ends records where a line ends outside quotes. A closing quote with text after it is a mistake,
 * most likely an earlier quote left open: the record then ends with its line, so that the mistake
 * costs the records it touches and not the rest of the file.
 */
export function csvRecords(): Scan {
  let place: Place = "start";
  return (chunk, from) => {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (place === "quoted") {
        if (byte === QUOTE) place = "closed";
      } else if (byte === LINE_FEED) {
        place = "start";
        return at + 1;
      } else if (byte === COMMA) {
        place = "start";
      } else if (byte === QUOTE && place !== "bare") {
        place = "quoted";
      } else if (byte !== CARRIAGE_RETURN || place !== "closed") {
        place = "bare";
      }
    }
    return -1;
  };
}

/** The fields of one record, its line end left out, or why it has none. */
export function csvFields(record: string): string[] | { error: string } {
  const text = record.replace(/\r?\n$/, "");
  const fields: string[] = [];
  for (let from = 0; from <= text.length;) {
    if (text[from] !== '"') {
      const comma = text.indexOf(",", from);
      const end = comma === -1 ? text.length : comma;
      fields.push(text.slice(from, end));
      from = end + 1;
      continue;
    }
    const end = closingQuote(text, from + 1);
    if (end === -1) return { error: "a quoted field is not closed" };
    if (end + 1 < text.length && text[end + 1] !== ",") {
      return { error: "a quoted field has text after its closing quote" };
    }
    fields.push(text.slice(from + 1, end).replaceAll('""', '"'));
    from = end + 2;
  }
  return fields;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
