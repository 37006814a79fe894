import {
  BACKSLASH,
  CLOSE_BRACKET,
  COMMA,
  isSpace,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SLASH,
  STAR,
} from "./json_bytes.ts";
import { nestedStep } from "./json_nested_step.ts";
import { inComment, type Place, type Step } from "./json_place.ts";
import { beginRecord, endRecord, isOuterObject, type JsonState, VALUE } from "./json_state.ts";

/** Processes a byte at a place; `isLater` if it is not the first one of a call, which may end what is between records. */
type PlaceStep = (state: JsonState, byte: number, isLater: boolean) => Step;

/** NDJSON is scanned by its line breaks. */
const STEPS: Readonly<Record<Exclude<Place, "lines">, PlaceStep>> = {
  between: betweenStep,
  scalar: scalarStep,
  nested: nestedStep,
  string: stringStep,
  escape: escapeStep,
  broken: brokenStep,
  brokenBrace: brokenBraceStep,
  slash: slashStep,
  comment: commentStep,
  block: commentStep,
  star: commentStep,
  listed: listedStep,
  keyed: keyedStep,
  ended: endedStep,
};

/** Processes a byte; `isLater` if it is not the first one of a call. */
export function stepOver(state: JsonState, byte: number, isLater: boolean): Step {
  return state.place === "lines" ? "next" : STEPS[state.place](state, byte, isLater);
}

function endedStep(state: JsonState, byte: number): Step {
  if (byte === LINE_FEED) {
    state.place = "lines";
    return "after";
  }
  if (isSpace(byte)) return "next";
  state.place = "between";
  return "again";
}

function betweenStep(state: JsonState, byte: number, isLater: boolean): Step {
  if (state.around.length > 0 && !state.inList) {
    // The object continues after its list.
    state.role = "after list";
    state.open = state.around;
    state.path.reset(state.open.length);
    state.around = [];
    state.previous = VALUE;
    state.place = "nested";
    return "again";
  }
  if (byte === SLASH) {
    state.place = "slash";
    state.isCommentNested = false;
    return "next";
  }
  if (isBetween(state, byte)) return "next";
  if (isLater) {
    state.role = "between";
    return "before";
  }
  beginRecord(state, byte);
  return "next";
}

/** Processes a byte between values; returns false if a value starts with it. */
function isBetween(state: JsonState, byte: number): boolean {
  if (isSpace(byte) || byte === COMMA) return true;
  if (byte === OPEN_BRACKET && !state.inList) {
    state.inList = true;
    return true;
  }
  if (byte !== CLOSE_BRACKET) return false;
  state.inList = false;
  return true;
}

function slashStep(state: JsonState, byte: number): Step {
  if (byte === SLASH || byte === STAR) {
    state.place = byte === SLASH ? "comment" : "block";
    return "next";
  }
  if (state.isCommentNested) state.place = "nested";
  else beginRecord(state, SLASH);
  state.previous = VALUE;
  return "again";
}

function commentStep(state: JsonState, byte: number): Step {
  const place = state.place as "comment" | "block" | "star";
  state.place = inComment(place, byte) ?? (state.isCommentNested ? "nested" : "between");
  return "next";
}

function keyedStep(state: JsonState, byte: number, isLater: boolean): Step {
  if (isSpace(byte) || byte === COMMA) return "next";
  if (isLater) {
    state.role = "between";
    return "before";
  }
  state.role = "keyed";
  state.previous = COMMA;
  state.place = "nested";
  return "again";
}

function scalarStep(state: JsonState, byte: number): Step {
  if (byte !== COMMA && byte !== LINE_FEED && byte !== CLOSE_BRACKET) return "next";
  state.place = "between";
  return "before";
}

function listedStep(state: JsonState, byte: number): Step {
  if (isSpace(byte)) return "next";
  if (byte !== OPEN_BRACE) {
    state.place = "nested";
    return "again";
  }
  state.role = "before list";
  state.inList = true;
  state.around = state.open.slice(0, -1);
  state.isFirst = false;
  state.place = "between";
  return "before";
}

/** Processes the byte at which `endOfString` stopped. */
function stringStep(state: JsonState, byte: number): Step {
  const { quote, open, previous } = state;
  if (byte !== quote) {
    state.place = byte === BACKSLASH ? "escape" : "broken";
    return "next";
  }
  if (open.length === 0) {
    endRecord(state, false);
    return "after";
  }
  state.place = "nested";
  const isName = previous === OPEN_BRACE || previous === COMMA;
  if (isName && isOuterObject(state)) state.path.addName(state.name, open.length);
  state.previous = VALUE;
  return "next";
}

function escapeStep(state: JsonState, byte: number): Step {
  state.place = byte === LINE_FEED ? "broken" : "string";
  return "next";
}

function brokenStep(state: JsonState, byte: number): Step {
  if (isSpace(byte)) return "next";
  state.place = byte === OPEN_BRACE ? "brokenBrace" : "string";
  return byte === OPEN_BRACE ? "next" : "again";
}

function brokenBraceStep(state: JsonState, byte: number): Step {
  if (isSpace(byte)) return "next";
  if (byte === QUOTE && state.path.keyedName() === null) return "before";
  state.place = "string";
  return "again";
}
