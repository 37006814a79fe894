import {
  APOSTROPHE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isSpace,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SLASH,
} from "./json_bytes.ts";
import type { Step } from "./json_place.ts";
import { endRecord, isOuterObject, type JsonState, VALUE } from "./json_state.ts";

/** Deeper brackets and braces are not remembered, since a record with so many is rejected: its end does not matter. */
const MOST_OPEN = 100_000;

/** Processes a byte of an object or array, outside of strings and comments. */
export function nestedStep(state: JsonState, byte: number): Step {
  const step = nest(state, byte);
  if (step !== "next") endRecord(state, step === "after");
  return step;
}

function nest(state: JsonState, byte: number): Step {
  if (isSpace(byte)) {
    if (byte === LINE_FEED) state.oneLine = false;
    return "next";
  }
  switch (byte) {
    case APOSTROPHE:
      if (state.previous !== VALUE) openString(state, byte);
      return "next";
    case QUOTE:
      openString(state, byte);
      return "next";
    case SLASH:
      state.place = "slash";
      state.isCommentNested = true;
      return "next";
    case OPEN_BRACE:
      return openObject(state);
    case OPEN_BRACKET:
      openArray(state);
      return "next";
    case CLOSE_BRACE:
      return close(state, OPEN_BRACE);
    case CLOSE_BRACKET:
      return close(state, OPEN_BRACKET);
    case COMMA:
    case COLON:
      state.previous = byte;
      return "next";
    default:
      state.previous = VALUE;
      return "next";
  }
}

function openString(state: JsonState, quote: number): void {
  state.place = "string";
  state.quote = quote;
  state.name = "";
}

function openObject(state: JsonState): Step {
  const { open, previous, path } = state;
  const inner = open.at(-1);
  // A value without a preceding comma or colon starts the next record: this one is unclosed.
  if (previous === VALUE || inner === OPEN_BRACE && previous !== COLON) return "before";
  if (isOuterObject(state)) path.openObject(state.name, open.length, inner === OPEN_BRACKET);
  if (open.length < MOST_OPEN) open.push(OPEN_BRACE);
  state.previous = OPEN_BRACE;
  return "next";
}

function openArray(state: JsonState): void {
  const { open, previous, path } = state;
  const isMember = isOuterObject(state) && previous === COLON;
  if (isMember && path.openArray(state.name, open.length)) state.place = "listed";
  if (open.length < MOST_OPEN) open.push(OPEN_BRACKET);
  state.previous = OPEN_BRACKET;
}

/** Closes the innermost bracket or brace of a kind, with those within it that are not closed. */
function close(state: JsonState, opener: number): Step {
  const { open, path } = state;
  const depth = open.lastIndexOf(opener);
  if (depth === -1) return "before";
  open.length = depth;
  state.previous = VALUE;
  const ended = depth === 0 || isOuterObject(state) ? path.close(depth) : null;
  if (ended === "record") state.role = "keyed";
  else if (ended === "object") state.role = "after list";
  return ended === "record" || depth === 0 ? "after" : "next";
}
