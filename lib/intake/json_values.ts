import { endOfLine, type Scan } from "./records.ts";

const LINE_FEED = 0x0A;
const QUOTE = 0x22;
const COMMA = 0x2C;
const OPEN_BRACKET = 0x5B;
const BACKSLASH = 0x5C;
const CLOSE_BRACKET = 0x5D;
const OPEN_BRACE = 0x7B;
const CLOSE_BRACE = 0x7D;

/**
 * - `between`: in white space, commas and the outer array's brackets
 * - `scalar`: in a top-level value that is no object or array
 * - `nested`, `string`, `escape`: in an object or array, in a string there, after its backslash
 * - `lost`: past a mistake; `lostLine`: at the start of a line there, where `{` begins anew
 * - `lines`: the first value filled its line, so this is NDJSON and a mistake costs its line only
 */
type Place = "between" | "scalar" | "nested" | "string" | "escape" | "lost" | "lostLine" | "lines";

/**
 * Ends records where the values of an array, or values in a row, begin and end; what stands
 * between values is a record too. `isOpen` says whether an array has begun and not ended.
 */
export function jsonValues(): { scan: Scan; isOpen: () => boolean } {
  let place: Place = "between";
  let inArray = false;
  let depth = 0;
  let isFirst = true;
  let oneLine = true;

  /** Takes in one byte between values; false when a value begins with it. */
  function isBetween(byte: number): boolean {
    if (isSpace(byte) || byte === COMMA) return true;
    if (byte !== (inArray ? CLOSE_BRACKET : OPEN_BRACKET)) return false;
    inArray = !inArray;
    return true;
  }

  function begin(byte: number): void {
    const nests = byte === OPEN_BRACE || byte === OPEN_BRACKET;
    place = nests ? "nested" : "scalar";
    depth = nests ? 1 : 0;
    oneLine = true;
  }

  /** Takes in one byte of an object or array; true when it is the last. */
  function isLast(byte: number): boolean {
    if (byte === QUOTE) place = "string";
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
    else if (byte === LINE_FEED) oneLine = false;
    if (depth > 0) return false;
    place = isFirst && oneLine && !inArray ? "lines" : "between";
    isFirst = false;
    return true;
  }

  function scan(chunk: Uint8Array, from: number): number {
    if (place === "lines") return endOfLine(chunk, from);
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      switch (place) {
        case "between":
          if (isBetween(byte)) break;
          if (at > from) return at;
          begin(byte);
          break;
        case "scalar":
          if (byte !== COMMA && byte !== LINE_FEED && byte !== CLOSE_BRACKET) break;
          place = "between";
          return at;
        case "nested":
          if (isLast(byte)) return at + 1;
          break;
        case "string":
          if (byte === QUOTE) place = "nested";
          else if (byte === BACKSLASH) place = "escape";
          else if (byte === LINE_FEED) place = "lostLine";
          break;
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
    return place === "between" ? chunk.length : -1;
  }

  return { scan, isOpen: () => inArray && place === "between" };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === LINE_FEED || byte === 0x0D;
}
