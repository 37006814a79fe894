import { Parser as XmlParser } from "htmlparser2";
import { type FeedItem, feedItem } from "./feed_item.ts";
import type { Reading } from "./incoming_article.ts";
import { lineCounter } from "./line_counter.ts";
import { MAX_RECORD, type Parsed, TOO_LONG } from "./parsed.ts";

const ROOTS = ["rss", "feed", "rdf:RDF"];
const ITEM_START = /<(?:item|entry)[\s>]/;
/** What may be the start of an item, cut off before its last character. */
const ITEM_START_CUT = 6;

/** Deeper feeds are built to hurt: the parser's time grows with the square of the depth. */
const MAX_DEPTH = 1_000;

/** Reads a feed piece by piece; each call returns what became whole with it. */
export interface FeedReader {
  write(text: string): Parsed[];
  end(): Parsed[];
}

/**
 * An item that cannot be parsed in bounded memory and time, for its length or depth, is rejected,
 * and reading goes on with a fresh parser where the next item seems to start.
 */
export function feedReader(): FeedReader {
  const lines = lineCounter();
  let ready: Parsed[] = [];
  let root: string | null = null;
  let isFeed = true;
  let isEnding = false;
  /** Null while looking for the next item. */
  let parser: XmlParser | null = startParser();
  let depth = 0;
  /** The item now open, if any; without its parts once it is too long. */
  let item: { line: number; start: number; depth: number; parts: FeedItem | null } | null = null;
  /** Places in the whole text: where the parser began, how far it got, the end of what came. */
  let base = 0;
  let reached = 0;
  let received = 0;
  /** The end of what was searched for an item in vain, which may be the start of one. */
  let tail = "";

  function startParser(): XmlParser {
    const started: XmlParser = new XmlParser({
      onopentag(name, attributes) {
        reach(started);
        open(name, attributes, base + started.startIndex);
      },
      ontext(text) {
        reach(started);
        item?.parts?.text(text);
      },
      onclosetag(name) {
        reach(started);
        close(name);
      },
      oncomment: () => reach(started),
      onprocessinginstruction: () => reach(started),
    }, { xmlMode: true });
    return started;
  }

  function reach({ endIndex }: XmlParser): void {
    reached = base + endIndex + 1;
    if (item !== null && reached - item.start > MAX_RECORD) item.parts = null;
  }

  function open(name: string, attributes: Record<string, string>, start: number): void {
    const line = lines.at(start);
    if (++depth > MAX_DEPTH) return giveUp(`elements are nested more than ${MAX_DEPTH} deep`);
    if (root === null) {
      root = name;
      isFeed = ROOTS.includes(name);
      if (isFeed) return;
      reject(line, `this is no RSS or Atom feed: its first element is <${name}>`);
      parser?.pause();
    } else if (name === "item" || name === "entry") {
      if (item !== null) finish({ kind: "rejected", error: "the item is not closed" });
      item = { line, start, depth, parts: feedItem(attributes["rdf:about"] ?? null) };
    } else {
      item?.parts?.open(name, attributes);
    }
  }

  /** The end of the text closes all that is open, as far as the parser is concerned. */
  function close(name: string): void {
    if (item === null) {
      if (isEnding && depth === 1) reject(lines.at(received), "the feed ends before it is closed");
    } else if (depth > item.depth) {
      item.parts?.close(name);
    } else if (isEnding) {
      finish({ kind: "rejected", error: "the feed ends within the item" });
    } else {
      finish(item.parts?.read() ?? { kind: "rejected", error: TOO_LONG });
    }
    depth--;
  }

  function finish(reading: Reading): void {
    if (item !== null) ready.push({ line: item.line, ...reading });
    item = null;
  }

  function reject(line: number, error: string): void {
    ready.push({ kind: "rejected", line, error });
  }

  function giveUp(error: string): void {
    if (item === null) reject(lines.at(reached), error);
    else finish({ kind: "rejected", error });
    parser?.pause();
    parser = null;
    depth = 0;
    tail = "";
  }

  /** Looks for an item in the last `text` that came; returns what follows, once there is one. */
  function find(text: string): string {
    const seen = tail + text;
    const at = seen.search(ITEM_START);
    if (at === -1) {
      tail = seen.slice(-ITEM_START_CUT);
      lines.at(received - tail.length);
      return "";
    }
    base = reached = received - (seen.length - at);
    parser = startParser();
    return seen.slice(at);
  }

  /** Parses the last `text` that came; returns what it gave up before. */
  function parse(text: string): string {
    parser?.write(text);
    // A token that has not ended, a CDATA section say, is in the parser's memory.
    if (parser !== null && received - reached > MAX_RECORD) {
      giveUp(TOO_LONG);
      return "";
    }
    lines.at(reached);
    return parser === null ? text.slice(text.length - (received - reached)) : "";
  }

  function taken(): Parsed[] {
    const parsed = ready;
    ready = [];
    return parsed;
  }

  return {
    write(text) {
      lines.add(text);
      received += text.length;
      for (let rest = text; rest !== "" && isFeed;) {
        rest = parser === null ? find(rest) : parse(rest);
      }
      return taken();
    },
    end() {
      isEnding = true;
      if (isFeed) parser?.end();
      if (root === null) reject(1, "this is no RSS or Atom feed: it has no element");
      return taken();
    },
  };
}
