import { endOfLine } from "../records.ts";
import { closersOf, endOfString, OPEN_BRACE } from "./json_bytes.ts";
import { type JsonScan, UNDAMAGED } from "./json_place.ts";
import { initialState, isOuterObject, type JsonState } from "./json_state.ts";
import { stepOver } from "./json_step.ts";
import { LONGEST_NAME, nextKeyed, nextRecord } from "./next_record.ts";

/**
 * Splits records at the boundaries of an array's values or of concatenated values; text between values is also a
 * record. An object with its records in a list (`{"articles": [` …) is read like that list, and so is one with an
 * article under each key (`{"17": {` …). An unclosed bracket ends with the brace around it, an unclosed brace at the
 * next record, an unclosed string at a line that starts the next one.
 */
export function jsonScan(): JsonScan {
  const state = initialState();
  return {
    scan: (chunk, from) => scan(state, chunk, from),
    role: () => state.role,
    isOpen: () => state.inList && state.place === "between" || state.place === "keyed",
    closers: () => closersOf(state.around.length > 0 ? state.around : state.open),
    // Another key in a record shows that it is not closed.
    isDamaged: () =>
      !UNDAMAGED.has(state.place) || state.path.keyedName() !== null && state.role !== "between",
    recover: (record) => recover(state, record),
  };
}

function scan(state: JsonState, chunk: Uint8Array, from: number): number {
  if (state.place === "lines") return endOfLine(chunk, from);
  for (let at = from; at < chunk.length;) {
    if (state.place === "string") {
      const end = endOfString(chunk, at, state.quote);
      readName(state, chunk, at, end);
      at = end;
      if (at === chunk.length) break;
    }
    const step = stepOver(state, chunk[at]!, at > from);
    if (step === "before") return at;
    if (step !== "again") at++;
    if (step === "after") return at;
  }
  const { place } = state;
  if (place === "between" || place === "keyed") state.role = "between";
  return place === "between" || place === "keyed" || place === "ended" ? chunk.length : -1;
}

function readName(state: JsonState, chunk: Uint8Array, from: number, end: number): void {
  const { name, open, path } = state;
  const matters = isOuterObject(state) && path.needsName(open.length);
  if (!matters || name.length > LONGEST_NAME) return;
  state.name += new TextDecoder("latin1").decode(
    chunk.subarray(from, Math.min(end, from + LONGEST_NAME + 1)),
  );
}

function recover(state: JsonState, record: Uint8Array): number {
  const { place, path } = state;
  const keyedName = path.keyedName();
  const at = keyedName !== null
    ? nextKeyed(record, keyedName, UNDAMAGED.has(place))
    : place === "brokenBrace"
    ? record.lastIndexOf(OPEN_BRACE)
    : nextRecord(record);
  if (at === -1) return at;
  if (keyedName === null) state.place = "between";
  else {
    state.role = state.place = "keyed";
    state.open = new Array(path.resume()).fill(OPEN_BRACE);
  }
  return at;
}
