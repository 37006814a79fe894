import { OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./json_bytes.ts";
import type { JsonRole, Place } from "./json_place.ts";
import { type RecordPath, recordPath } from "./record_path.ts";

/** The marker of any value in `previous`. */
export const VALUE = 0;

/** The state of a scanner of JSON between two bytes. */
export interface JsonState {
  place: Place;
  inList: boolean;
  /** The brackets and braces around the list; empty once they continue after it. */
  around: number[];
  /** Whether a comment is within an object or array. */
  isCommentNested: boolean;
  role: JsonRole;
  /** The open brackets and braces of this record. */
  open: number[];
  /** The last punctuation of the record, or `VALUE`. */
  previous: number;
  isFirst: boolean;
  oneLine: boolean;
  /** Ends the string. */
  quote: number;
  /** The last name, where it matters. */
  name: string;
  path: RecordPath;
}

export function initialState(): JsonState {
  return {
    place: "between",
    inList: false,
    around: [],
    isCommentNested: false,
    role: "value",
    open: [],
    previous: VALUE,
    isFirst: true,
    oneLine: true,
    quote: QUOTE,
    name: "",
    path: recordPath(),
  };
}

/** Begins a record with the first byte of its value. */
export function beginRecord(state: JsonState, byte: number): void {
  const nests = byte === OPEN_BRACE || byte === OPEN_BRACKET;
  state.role = "value";
  state.path.reset(1);
  state.oneLine = true;
  state.place = nests ? "nested" : byte === QUOTE ? "string" : "scalar";
  state.quote = QUOTE;
  state.open = nests ? [byte] : [];
  state.previous = byte;
}

/** Ends a record, after its last bracket or brace if it `isWhole`. */
export function endRecord(state: JsonState, isWhole: boolean): void {
  if (isWhole && state.role === "keyed") state.place = "keyed";
  else {
    const isLine = isWhole && state.isFirst && state.oneLine && !state.inList &&
      state.role === "value";
    state.place = isLine ? "ended" : "between";
  }
  state.isFirst = false;
}

/** Whether the record is an object that may contain the records. */
export function isOuterObject({ inList, open }: JsonState): boolean {
  return !inList && open[0] === OPEN_BRACE;
}
