import { endOfLine, type RecordFormat } from "../records.ts";
import { isListName, isOuterName, MOST_OUTER } from "./json_list.ts";

const LINE_FEED = 0x0A;
const QUOTE = 0x22;
const COMMA = 0x2C;
const COLON = 0x3A;
const OPEN_BRACKET = 0x5B;
const BACKSLASH = 0x5C;
const CLOSE_BRACKET = 0x5D;
const OPEN_BRACE = 0x7B;
const CLOSE_BRACE = 0x7D;
/** The marker of any value in `previous`. */
const VALUE = 0;

const LONGEST_NAME = 64;

/**
 * The scanner's states:
 *
 * - `between`: in white space, commas and the outer list's brackets
 * - `scalar`: in a top-level value that is neither object nor array
 * - `nested`, `string`, `escape`: in an object or array, in a string there, after its backslash
 * - `listed`: after the bracket of an object's list with a usual name
 * - `lost`: after a syntax error; `lostLine`: at the start of a line there, where `{` starts the next record
 * - `ended`: after a first value on one line, which is NDJSON if nothing follows on that line
 * - `lines`: the first value filled its line, so this is NDJSON and an error affects its line only
 */
type Place =
  | "between"
  | "scalar"
  | "nested"
  | "string"
  | "escape"
  | "listed"
  | "lost"
  | "lostLine"
  | "ended"
  | "lines";

/** The kind of the last scanned record: a value, or the text around an object's list. */
export type JsonRole = "value" | "before list" | "after list";

export interface JsonScan extends RecordFormat {
  role(): JsonRole;
  /** Whether a list is open. */
  isOpen(): boolean;
}

/**
 * Splits records at the boundaries of an array's values or of concatenated values; text between values is also a
 * record. An object with its records in a list (`{"articles": [` …) is read like that list. An unclosed
 * bracket ends with the brace around it, an unclosed brace at the next record.
 */
export function jsonScan(): JsonScan {
  let place: Place = "between";
  let inList = false;
  /** The number of objects around the list; 0 once they continue after it. */
  let around = 0;
  let role: JsonRole = "value";
  /** The open brackets and braces of this record. */
  let open: number[] = [];
  /** The last punctuation of the record, or `VALUE`. */
  let previous = VALUE;
  let isFirst = true;
  let oneLine = true;
  /** The last name in the innermost object that may have a list, and the names of each such object. */
  let name = "";
  let levels: string[][] = [[]];

  /** Processes a byte between values; returns false if a value starts with it. */
  function isBetween(byte: number): boolean {
    if (isSpace(byte) || byte === COMMA) return true;
    if (byte === OPEN_BRACKET && !inList) {
      inList = true;
      return true;
    }
    if (byte !== CLOSE_BRACKET) return false;
    inList = false;
    return true;
  }

  function begin(byte: number): void {
    role = "value";
    levels = [[]];
    oneLine = true;
    const nests = byte === OPEN_BRACE || byte === OPEN_BRACKET;
    place = nests ? "nested" : "scalar";
    open = nests ? [byte] : [];
    previous = byte;
  }

  function end(isWhole: boolean): void {
    const isLine = isWhole && isFirst && oneLine && !inList && role === "value";
    place = isLine ? "ended" : "between";
    isFirst = false;
  }

  /** Processes a byte of an object or array: returns whether the record ends after it, before it, or continues. */
  function nest(byte: number): "after" | "before" | "on" {
    if (isSpace(byte)) {
      if (byte === LINE_FEED) oneLine = false;
      return "on";
    }
    const inner = open.at(-1);
    switch (byte) {
      case QUOTE:
        place = "string";
        name = "";
        return "on";
      case OPEN_BRACE:
        // A value without a preceding comma or colon starts the next record: this one is unclosed.
        if (previous === VALUE || inner === OPEN_BRACE && previous !== COLON) return "before";
        if (mayHoldList() && levels.length < MOST_OUTER && isOuterName(name, levels.at(-1)!)) {
          levels.push([]);
        }
        open.push(byte);
        break;
      case OPEN_BRACKET:
        if (mayHoldList() && previous === COLON && isListName(name, levels.at(-1)!)) {
          place = "listed";
        }
        open.push(byte);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET: {
        const opener = open.lastIndexOf(byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET);
        if (opener === -1) return "before";
        open.length = opener;
        if (levels.length > Math.max(1, opener)) levels.length = Math.max(1, opener);
        previous = VALUE;
        return opener === 0 ? "after" : "on";
      }
      case COMMA:
      case COLON:
        break;
      default:
        previous = VALUE;
        return "on";
    }
    previous = byte;
    return "on";
  }

  /** Whether the innermost object may contain the list. */
  function mayHoldList(): boolean {
    return open.length === levels.length && open[0] === OPEN_BRACE && !inList;
  }

  /** Returns the end of the string at `from` or of a line in it, else the chunk's length. */
  function endOfString(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte === QUOTE || byte === BACKSLASH || byte === LINE_FEED) return at;
    }
    return chunk.length;
  }

  function readName(chunk: Uint8Array, from: number, end: number): void {
    if (open.length !== levels.length || inList || name.length > LONGEST_NAME) return;
    name += new TextDecoder("latin1").decode(
      chunk.subarray(from, Math.min(end, from + LONGEST_NAME + 1)),
    );
  }

  function closeString(): void {
    place = "nested";
    const isName = previous === OPEN_BRACE || previous === COMMA;
    if (mayHoldList() && isName) levels.at(-1)!.push(name);
    previous = VALUE;
  }

  function scan(chunk: Uint8Array, from: number): number {
    if (place === "lines") return endOfLine(chunk, from);
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      switch (place) {
        case "ended":
          if (byte === LINE_FEED) {
            place = "lines";
            return at + 1;
          }
          if (isSpace(byte)) break;
          place = "between";
          at--;
          break;
        case "between":
          if (around > 0 && !inList) {
            // The object continues after its list.
            role = "after list";
            open = new Array(around).fill(OPEN_BRACE);
            levels = open.map(() => []);
            around = 0;
            previous = VALUE;
            place = "nested";
            at--;
          } else if (!isBetween(byte)) {
            if (at > from) return at;
            begin(byte);
          }
          break;
        case "scalar":
          if (byte !== COMMA && byte !== LINE_FEED && byte !== CLOSE_BRACKET) break;
          place = "between";
          return at;
        case "nested": {
          const ends = nest(byte);
          if (ends === "on") break;
          end(ends === "after");
          return ends === "after" ? at + 1 : at;
        }
        case "listed":
          if (isSpace(byte)) break;
          if (byte === OPEN_BRACE) {
            role = "before list";
            inList = true;
            around = levels.length;
            isFirst = false;
            place = "between";
            return at;
          }
          place = "nested";
          at--;
          break;
        case "string": {
          const stop = endOfString(chunk, at);
          readName(chunk, at, stop);
          at = stop;
          if (stop === chunk.length) break;
          if (chunk[stop] === QUOTE) closeString();
          else place = chunk[stop] === BACKSLASH ? "escape" : "lostLine";
          break;
        }
        case "escape":
          place = byte === LINE_FEED ? "lostLine" : "string";
          break;
        default:
          if (place === "lostLine" && byte === OPEN_BRACE) {
            place = "between";
            return at;
          }
          if (byte === LINE_FEED) place = "lostLine";
          else if (!isSpace(byte)) place = "lost";
      }
    }
    return place === "between" || place === "ended" ? chunk.length : -1;
  }

  return {
    scan,
    role: () => role,
    isOpen: () => inList && place === "between",
    isDamaged: () => !["between", "ended", "lines", "scalar"].includes(place),
    recover(record) {
      const at = nextRecord(record);
      if (at !== -1) place = "between";
      return at;
    },
  };
}

/**
 * Finds an object after a comma or line break that starts with the same name as this one, which is typical of
 * the next record but not of a nested object.
 */
function nextRecord(record: Uint8Array): number {
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

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === LINE_FEED || byte === 0x0D;
}
