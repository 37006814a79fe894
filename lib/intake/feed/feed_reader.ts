import { Parser as XmlParser } from "htmlparser2";
import { MAX_RECORD, type Parsed, TOO_LONG } from "../parsed.ts";
import { closeElement, openElement } from "./feed_elements.ts";
import { type FeedState, feedState, giveUp, rejectAt } from "./feed_state.ts";

const ITEM_START = /<(?:[\w-]+:)?(?:item|entry|doc)[\s>]/i;
/** The end of an item and the start of the next. */
const ITEM_BOUNDARY = /<\/(?:[\w-]+:)?(?:item|entry)\s*>\s*(?=<(?:[\w-]+:)?(?:item|entry)[\s>])/i;
/** Matches a possible start of an item that is cut before its last character. */
const ITEM_START_CUT = 24;

/** The budget of characters to parse again, per character read. */
const REPARSED_PER_CHARACTER = 4;

/** The limit of an element's attributes, of which feeds have a dozen: to copy 100,000 takes 200 ms. */
const MOST_ATTRIBUTES = 1_000;

/** Parses a feed incrementally; each call returns the completed items. */
export interface FeedReader {
  write(text: string): Parsed[];
  end(): Parsed[];
}

/**
 * An item that exceeds the limits of length or depth is rejected, and parsing resumes with a fresh parser where
 * the next item seems to start; so does an item with a CDATA section or comment that is not closed.
 */
export function feedReader(address: string | null = null): FeedReader {
  const state = feedState(address);
  state.parser = startParser(state);
  return {
    write(text) {
      state.lines.add(text);
      state.received += text.length;
      state.mayReparse += REPARSED_PER_CHARACTER * text.length;
      parseAll(state, text);
      return takeReady(state);
    },
    end() {
      if (state.isFeed) endAll(state);
      if (state.root === null) {
        rejectAt(state, 1, "this is not an RSS or Atom feed: it has no element");
      }
      return takeReady(state);
    },
  };
}

function startParser(state: FeedState): XmlParser {
  /** The number of attributes of the tag that is read. */
  let attributeCount = 0;
  const parser: XmlParser = new XmlParser({
    onattribute() {
      if (++attributeCount <= MOST_ATTRIBUTES) return;
      reach(state, parser);
      giveUp(state, `an element has more than ${MOST_ATTRIBUTES} attributes`);
      state.root ??= "rss";
    },
    onopentag(name, attributes) {
      attributeCount = 0;
      reach(state, parser);
      openElement(state, name, attributes, state.base + parser.startIndex);
    },
    oncdatastart: () => void (state.isInSection = true),
    oncdataend: () => void (state.isInSection = false),
    ontext(text) {
      reach(state, parser);
      if (state.isInSection && endItemIn(state, text, "<![CDATA[", "]]>")) return;
      if (state.item !== null) state.item.parts?.text(text);
      else if (state.isHead) state.head.text(text);
    },
    onclosetag(name) {
      reach(state, parser);
      closeElement(state, name);
    },
    oncomment(text) {
      reach(state, parser);
      endItemIn(state, text, "<!--", "-->");
    },
    onprocessinginstruction(_, data) {
      reach(state, parser);
      if (state.root === null) state.head.declare(data);
    },
  }, { xmlMode: true });
  return parser;
}

function reach(state: FeedState, { endIndex }: XmlParser): void {
  const { item } = state;
  state.reached = state.base + endIndex + 1;
  if (item !== null && state.reached - item.start > MAX_RECORD) item.parts = null;
}

/**
 * Ends the item whose section contains the start of another one, and another section or the end of the input:
 * it was not closed. Returns whether it was so.
 */
function endItemIn(state: FeedState, section: string, opening: string, closing: string): boolean {
  const { isEnding } = state;
  if (state.item === null) return false;
  const boundary = ITEM_BOUNDARY.exec(section);
  if (boundary === null) return false;
  const next = boundary.index + boundary[0].length;
  if (!isEnding && !section.includes(opening, next)) return false;
  if (state.mayReparse < section.length) return false;
  state.mayReparse -= section.length;
  state.again = section.slice(next) + (isEnding ? "" : closing);
  giveUp(state, `the item has an unclosed ${opening}`);
  return true;
}

function parseAll(state: FeedState, text: string): void {
  for (let rest = text; rest !== "" && state.isFeed;) {
    rest = state.parser === null ? find(state, rest) : parse(state, state.parser, rest);
  }
}

/** Searches the latest `text` for an item; returns the text from its start, or an empty one. */
function find(state: FeedState, text: string): string {
  const seen = state.tail + text;
  const at = seen.search(ITEM_START);
  if (at === -1) {
    state.tail = seen.slice(-ITEM_START_CUT);
    state.lines.at(state.received - state.tail.length);
    return "";
  }
  state.base = state.reached = state.received - (seen.length - at);
  state.parser = startParser(state);
  return seen.slice(at);
}

/** Parses the latest `text`; returns the remaining text if it gave up on an item. */
function parse(state: FeedState, parser: XmlParser, text: string): string {
  parser.write(text);
  const left = state.received - state.reached;
  if (state.again !== "") return takeAgain(state) + text.slice(text.length - left);
  // The parser buffers an incomplete token, such as a CDATA section.
  if (state.parser !== null && left > MAX_RECORD) {
    giveUp(state, TOO_LONG);
    return "";
  }
  state.lines.at(state.reached);
  return state.parser === null ? text.slice(text.length - left) : "";
}

/** Ends the parser, and parses again what an unclosed section has after its item. */
function endAll(state: FeedState): void {
  for (let rest = ""; state.isFeed;) {
    parseAll(state, rest);
    state.isEnding = true;
    state.parser?.end();
    state.isEnding = false;
    rest = takeAgain(state);
    if (rest === "") return;
  }
}

function takeAgain(state: FeedState): string {
  const { again } = state;
  state.again = "";
  return again;
}

function takeReady(state: FeedState): Parsed[] {
  const { ready } = state;
  state.ready = [];
  return ready;
}
