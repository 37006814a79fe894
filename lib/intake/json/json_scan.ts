import { endOfLine } from "../records.ts";
import {
  APOSTROPHE,
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  closersOf,
  COLON,
  COMMA,
  endOfString,
  isSpace,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SLASH,
  STAR,
} from "./json_bytes.ts";
import { inComment, type JsonRole, type JsonScan, type Place, UNDAMAGED } from "./json_place.ts";
import { LONGEST_NAME, nextKeyed, nextRecord } from "./next_record.ts";
import { recordPath } from "./record_path.ts";

/** The marker of any value in `previous`. */
const VALUE = 0;

/**
 * Splits records at the boundaries of an array's values or of concatenated values; text between values is also a
 * record. An object with its records in a list (`{"articles": [` …) is read like that list, and so is one with an
 * article under each key (`{"17": {` …). An unclosed bracket ends with the brace around it, an unclosed brace at the
 * next record, an unclosed string at a line that starts the next one.
 */
export function jsonScan(): JsonScan {
  let place: Place = "between";
  let inList = false;
  /** The brackets and braces around the list; empty once they continue after it. */
  let around: number[] = [];
  /** Whether a comment is within an object or array. */
  let isCommentNested = false;
  let role: JsonRole = "value";
  /** The open brackets and braces of this record. */
  let open: number[] = [];
  /** The last punctuation of the record, or `VALUE`. */
  let previous = VALUE;
  let isFirst = true;
  let oneLine = true;
  /** Ends the string. */
  let quote = QUOTE;
  /** The last name, where it matters. */
  let name = "";
  const path = recordPath();

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
    path.reset(1);
    oneLine = true;
    const nests = byte === OPEN_BRACE || byte === OPEN_BRACKET;
    place = nests ? "nested" : byte === QUOTE ? "string" : "scalar";
    quote = QUOTE;
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
      case APOSTROPHE:
        if (byte === APOSTROPHE && previous === VALUE) return "on";
        place = "string";
        quote = byte;
        name = "";
        return "on";
      case SLASH:
        place = "slash";
        isCommentNested = true;
        return "on";
      case OPEN_BRACE:
        // A value without a preceding comma or colon starts the next record: this one is unclosed.
        if (previous === VALUE || inner === OPEN_BRACE && previous !== COLON) return "before";
        if (isObject()) path.openObject(name, open.length, inner === OPEN_BRACKET);
        open.push(byte);
        break;
      case OPEN_BRACKET:
        if (isObject() && previous === COLON && path.openArray(name, open.length)) {
          place = "listed";
        }
        open.push(byte);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET: {
        const opener = open.lastIndexOf(byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET);
        if (opener === -1) return "before";
        open.length = opener;
        previous = VALUE;
        return closed();
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

  /** Returns whether the record ends after the object or array that has just been closed. */
  function closed(): "after" | "on" {
    const ended = isObject() || open.length === 0 ? path.close(open.length) : null;
    if (ended === "record") role = "keyed";
    else if (ended === "object") role = "after list";
    return ended === "record" || open.length === 0 ? "after" : "on";
  }

  /** Whether this is an object that may contain the records. */
  function isObject(): boolean {
    return !inList && open[0] === OPEN_BRACE;
  }

  function readName(chunk: Uint8Array, from: number, end: number): void {
    if (!isObject() || !path.needsName(open.length) || name.length > LONGEST_NAME) return;
    name += new TextDecoder("latin1").decode(
      chunk.subarray(from, Math.min(end, from + LONGEST_NAME + 1)),
    );
  }

  function closeString(): void {
    place = "nested";
    const isName = previous === OPEN_BRACE || previous === COMMA;
    if (isName && isObject()) path.addName(name, open.length);
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
            path.reset(open.length);
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
          if (byte === SLASH || byte === STAR) place = byte === SLASH ? "comment" : "block";
          else {
            if (isCommentNested) place = "nested";
            else begin(SLASH);
            previous = VALUE;
            at--;
          }
          break;
        case "comment":
        case "block":
        case "star":
          place = inComment(place, byte) ?? (isCommentNested ? "nested" : "between");
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
          const stop = endOfString(chunk, at, quote);
          readName(chunk, at, stop);
          at = stop;
          if (stop === chunk.length) break;
          if (chunk[stop] !== quote) place = chunk[stop] === BACKSLASH ? "escape" : "broken";
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
          place = byte === OPEN_BRACE ? "brokenBrace" : "string";
          if (byte !== OPEN_BRACE) at--;
          break;
        case "brokenBrace":
          if (isSpace(byte)) break;
          if (byte === QUOTE && path.keyedName() === null) return at;
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
    closers: () => closersOf(around.length > 0 ? around : open),
    // Another key in a record shows that it is not closed.
    isDamaged: () => !UNDAMAGED.has(place) || path.keyedName() !== null && role !== "between",
    recover(record) {
      const keyedName = path.keyedName();
      const at = keyedName !== null
        ? nextKeyed(record, keyedName, UNDAMAGED.has(place))
        : place === "brokenBrace"
        ? record.lastIndexOf(OPEN_BRACE)
        : nextRecord(record);
      if (at === -1) return at;
      if (keyedName !== null) {
        role = place = "keyed";
        open = new Array(path.resume()).fill(OPEN_BRACE);
      } else place = "between";
      return at;
    },
  };
}
