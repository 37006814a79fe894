import { endOfLine, type RecordFormat } from "../records.ts";
import { isKey, isListName, isOuterName, MOST_OUTER, namesContent } from "./json_list.ts";
import { isSpace, nextRecord } from "./next_record.ts";

const LINE_FEED = 0x0A;
const QUOTE = 0x22;
const STAR = 0x2A;
const COMMA = 0x2C;
const SLASH = 0x2F;
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
 * - `scalar`: in a top-level value that is neither object, array nor string
 * - `nested`: in an object or array
 * - `string`, `escape`: in a string, after its backslash
 * - `broken`, `brokenBrace`: at the start of a line in a string, after a brace there, which starts the next record
 *   if a quote follows
 * - `slash`, `comment`, `block`, `star`: after a slash, in a comment up to the line's end, in one up to a star and a
 *   slash, after a star there
 * - `listed`: after the bracket of an object's list with a usual name
 * - `keyed`: after an article in an object with an article under each key
 * - `ended`: after a first value on one line, which is NDJSON if nothing follows on that line
 * - `lines`: the first value filled its line, so this is NDJSON and an error affects its line only
 */
type Place =
  | "between"
  | "scalar"
  | "nested"
  | "string"
  | "escape"
  | "broken"
  | "brokenBrace"
  | "slash"
  | "comment"
  | "block"
  | "star"
  | "listed"
  | "keyed"
  | "ended"
  | "lines";

/** The states in which a record may end. */
const UNDAMAGED: ReadonlySet<Place> = new Set([
  ...([
    "between",
    "ended",
    "lines",
    "scalar",
    "keyed",
    "slash",
    "comment",
    "block",
    "star",
  ] as const),
]);

/**
 * The kind of the last scanned record: a value, a value with its key, the text around an object's list, or what is
 * between values.
 */
export type JsonRole = "value" | "keyed" | "before list" | "after list" | "between";

export interface JsonScan extends RecordFormat {
  isDamaged(): boolean;
  role(): JsonRole;
  /** Whether a list, or an object of articles, is open. */
  isOpen(): boolean;
  /** The brackets that close the objects around the list or the keyed value. */
  closers(): string;
}

/**
 * Splits records at the boundaries of an array's values or of concatenated values; text between values is also a
 * record. An object with its records in a list (`{"articles": [` …) is read like that list, and so is one with an
 * article under each key (`{"17": {` …). An unclosed
 * bracket ends with the brace around it, an unclosed brace at the next record, an unclosed string at a line that
 * starts the next one.
 */
export function jsonScan(): JsonScan {
  let place: Place = "between";
  let inList = false;
  /** The brackets and braces around the list; empty once they continue after it. */
  let around: number[] = [];
  /** The number of those around keyed articles; 0 if there are none. */
  let keyedDepth = 0;
  /** The names in the object under the latest key, if that may be an article. */
  let keyed: string[] | null = null;
  /** Whether a comment is within an object or array. */
  let isCommentNested = false;
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
    keyed = null;
    keyedDepth = 0;
    oneLine = true;
    const nests = byte === OPEN_BRACE || byte === OPEN_BRACKET;
    place = nests ? "nested" : byte === QUOTE ? "string" : "scalar";
    open = nests ? [byte] : [];
    previous = byte;
  }

  function end(isWhole: boolean): void {
    if (isWhole && role === "keyed") {
      place = "keyed";
      isFirst = false;
      return;
    }
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
      case SLASH:
        place = "slash";
        isCommentNested = true;
        return "on";
      case OPEN_BRACE:
        // A value without a preceding comma or colon starts the next record: this one is unclosed.
        if (previous === VALUE || inner === OPEN_BRACE && previous !== COLON) return "before";
        if (mayHoldList()) openObject();
        open.push(byte);
        break;
      case OPEN_BRACKET:
        if (mayHoldList() && previous === COLON) {
          if (isListName(name, levels.at(-1)!)) place = "listed";
          else if (levels.length < MOST_OUTER && isOuterName(name, levels.at(-1)!)) levels.push([]);
        }
        open.push(byte);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET: {
        const opener = open.lastIndexOf(byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET);
        if (opener === -1) return "before";
        open.length = opener;
        previous = VALUE;
        return closeObject();
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

  /** Notes an object that may have the list, or be an article under its key. */
  function openObject(): void {
    if (keyedDepth > 0) return;
    const names = levels.at(-1)!;
    const isListed = open.at(-1) === OPEN_BRACKET;
    if (levels.length < MOST_OUTER && (isListed || isOuterName(name, names))) levels.push([]);
    else if (!isListed && isKey(name, names)) keyed = [];
  }

  /** Returns whether the record ends after the object or array that has just been closed. */
  function closeObject(): "after" | "on" {
    const depth = open.length;
    const isKeyed = depth > 0 && depth === levels.length;
    if (isKeyed && keyed !== null && namesContent(keyed)) keyedDepth = depth;
    keyed = depth <= levels.length ? null : keyed;
    if (isKeyed && depth === keyedDepth) {
      role = "keyed";
      return "after";
    }
    if (levels.length > Math.max(1, depth)) levels.length = Math.max(1, depth);
    if (depth < keyedDepth) {
      keyedDepth = 0;
      role = "after list";
    }
    return depth === 0 ? "after" : "on";
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
    const isNamed = open.length === levels.length ||
      keyed !== null && open.length === levels.length + 1;
    if (!isNamed || inList || name.length > LONGEST_NAME) return;
    name += new TextDecoder("latin1").decode(
      chunk.subarray(from, Math.min(end, from + LONGEST_NAME + 1)),
    );
  }

  function closeString(): void {
    place = "nested";
    const isName = previous === OPEN_BRACE || previous === COMMA;
    if (isName && keyedDepth === 0 && mayHoldList()) levels.at(-1)!.push(name);
    else if (isName && keyed !== null && open.length === levels.length + 1) keyed.push(name);
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
          if (around.length > 0 && !inList) {
            // The object continues after its list.
            role = "after list";
            open = around;
            levels = open.map(() => []);
            around = [];
            previous = VALUE;
            place = "nested";
            at--;
          } else if (byte === SLASH) {
            place = "slash";
            isCommentNested = false;
          } else if (!isBetween(byte)) {
            if (at > from) {
              role = "between";
              return at;
            }
            begin(byte);
          }
          break;
        case "slash":
          if (byte === SLASH) place = "comment";
          else if (byte === STAR) place = "block";
          else {
            if (isCommentNested) place = "nested";
            else begin(SLASH);
            previous = VALUE;
            at--;
          }
          break;
        case "comment":
          if (byte === LINE_FEED) place = isCommentNested ? "nested" : "between";
          break;
        case "block":
          if (byte === STAR) place = "star";
          break;
        case "star":
          if (byte === SLASH) place = isCommentNested ? "nested" : "between";
          else if (byte !== STAR) place = "block";
          break;
        case "keyed":
          if (isSpace(byte) || byte === COMMA) break;
          if (at > from) {
            role = "between";
            return at;
          }
          role = "keyed";
          previous = COMMA;
          place = "nested";
          at--;
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
            around = open.slice(0, -1);
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
          if (chunk[stop] !== QUOTE) place = chunk[stop] === BACKSLASH ? "escape" : "broken";
          else if (open.length > 0) closeString();
          else {
            end(false);
            return stop + 1;
          }
          break;
        }
        case "escape":
          place = byte === LINE_FEED ? "broken" : "string";
          break;
        case "broken":
          if (isSpace(byte)) break;
          if (byte === OPEN_BRACE) place = "brokenBrace";
          else {
            place = "string";
            at--;
          }
          break;
        case "brokenBrace":
          if (isSpace(byte)) break;
          if (byte === QUOTE) return at;
          place = "string";
          at--;
      }
    }
    if (place === "between" || place === "keyed") role = "between";
    return ["between", "keyed", "ended"].includes(place) ? chunk.length : -1;
  }

  return {
    scan,
    role: () => role,
    isOpen: () => inList && place === "between" || place === "keyed",
    closers: () =>
      (around.length > 0 ? around : open).map((byte) => byte === OPEN_BRACE ? "}" : "]").reverse()
        .join(""),
    isDamaged: () => !UNDAMAGED.has(place),
    recover(record) {
      const at = place === "brokenBrace" ? record.lastIndexOf(OPEN_BRACE) : nextRecord(record);
      if (at !== -1) place = "between";
      return at;
    },
  };
}
