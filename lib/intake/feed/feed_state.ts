import type { Parser as XmlParser } from "htmlparser2";
import type { Reading } from "../incoming_article.ts";
import type { Parsed } from "../parsed.ts";
import { type FeedHead, feedHead } from "./feed_head.ts";
import type { FeedItem } from "./feed_item.ts";
import { type LineCounter, lineCounter } from "./line_counter.ts";
import { rootScope, type Scope } from "./namespaces.ts";

/** The budget of characters to parse again, initially. Bounds the time. */
const REPARSED_AT_FIRST = 16 * 1024 * 1024;

/** An item that is open; without its parts once it is too long. */
export interface OpenItem {
  line: number;
  start: number;
  depth: number;
  parts: FeedItem | null;
}

/** The state of a feed that is read piece by piece. */
export interface FeedState {
  head: FeedHead;
  lines: LineCounter;
  /** The records that are complete. */
  ready: Parsed[];
  /** The name of the root element; null before it. */
  root: string | null;
  /** The namespaces of the open elements, from the root. */
  scopes: Scope[];
  isFeed: boolean;
  /** Whether names are written in other letters than usual: `<RSS>`. */
  isCaseFolded: boolean;
  isEnding: boolean;
  isInSection: boolean;
  /** The text of an unclosed section from the next item on, which is parsed again. */
  again: string;
  mayReparse: number;
  /** Null while searching for the next item. */
  parser: XmlParser | null;
  depth: number;
  item: OpenItem | null;
  /** Whether text belongs to an element outside of items. */
  isHead: boolean;
  /** Positions in the whole text: the parser's start, its progress, the end of the input so far. */
  base: number;
  reached: number;
  received: number;
  /** The end of the searched text, which may be the start of an item. */
  tail: string;
}

export function feedState(address: string | null): FeedState {
  return {
    head: feedHead(address),
    lines: lineCounter(),
    ready: [],
    root: null,
    scopes: [rootScope()],
    isFeed: true,
    isCaseFolded: false,
    isEnding: false,
    isInSection: false,
    again: "",
    mayReparse: REPARSED_AT_FIRST,
    parser: null,
    depth: 0,
    item: null,
    isHead: false,
    base: 0,
    reached: 0,
    received: 0,
    tail: "",
  };
}

/** Ends the open item, if any. */
export function finishItem(state: FeedState, reading: Reading): void {
  if (state.item !== null) state.ready.push({ line: state.item.line, ...reading });
  state.item = null;
}

export function rejectAt(state: FeedState, line: number, error: string): void {
  state.ready.push({ kind: "rejected", line, error });
}

/** Rejects the open item, or the place in the feed, and lets the reader search for the next item. */
export function giveUp(state: FeedState, error: string): void {
  if (state.item === null) rejectAt(state, state.lines.at(state.reached), error);
  else finishItem(state, { kind: "rejected", error });
  state.parser?.pause();
  state.parser = null;
  state.depth = 0;
  // The root's declarations apply to the items that follow.
  state.scopes = state.scopes.slice(0, 3);
  state.tail = "";
}
