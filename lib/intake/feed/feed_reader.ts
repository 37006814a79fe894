import { Parser as XmlParser } from "htmlparser2";
import type { Reading } from "../incoming_article.ts";
import { MAX_RECORD, type Parsed, TOO_LONG } from "../parsed.ts";
import { feedHead } from "./feed_head.ts";
import { type FeedItem, feedItem } from "./feed_item.ts";
import { attributesInUsualCase, usualCase } from "./letter_case.ts";
import { lineCounter } from "./line_counter.ts";
import { rootScope, type Scope } from "./namespaces.ts";

const ROOTS = ["rss", "feed", "rdf:RDF", "channel"];
/** The root of an Atom entry document (RFC 4287), and of each document in a corpus. */
const ITEM_ROOTS = ["entry", "doc"];
/** Root elements of other document types. */
const OTHERS = new Map([
  ["opml", "a list of feeds (OPML), which holds no articles; import the feeds it names"],
  ["urlset", "a sitemap, which holds no articles"],
  ["sitemapindex", "a list of sitemaps, which holds no articles"],
  ["mediawiki", "a MediaWiki dump, whose pages are in wiki markup"],
]);
/** HTML that a server's warnings write before a feed. */
const STRAY = new Set("br b i p font strong em pre div span table tr td hr".split(" "));
/** Item elements of RSS, Atom and Wikipedia abstracts. */
const ITEMS = ["item", "entry", "doc"];
const ITEM_START = /<(?:[\w-]+:)?(?:item|entry|doc)[\s>]/i;
/** The end of an item and the start of the next. */
const ITEM_BOUNDARY = /<\/(?:[\w-]+:)?(?:item|entry)\s*>\s*(?=<(?:[\w-]+:)?(?:item|entry)[\s>])/i;
/** Matches a possible start of an item that is cut before its last character. */
const ITEM_START_CUT = 24;

/** The budget of characters to parse again, initially and per character read. Bounds the time. */
const REPARSED_AT_FIRST = 16 * 1024 * 1024;
const REPARSED_PER_CHARACTER = 4;

/** The depth limit, against attacks: the parser's time is quadratic in the depth. */
const MAX_DEPTH = 1_000;

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
  const head = feedHead(address);
  const lines = lineCounter();
  let ready: Parsed[] = [];
  let root: string | null = null;
  /** The names of the open elements, from the root. */
  let scopes: Scope[] = [rootScope()];
  let isFeed = true;
  /** Whether names are written in other letters than usual: `<RSS>`. */
  let isCaseFolded = false;
  let isEnding = false;
  let isInSection = false;
  /** The text of an unclosed section from the next item on, which is parsed again. */
  let again = "";
  let mayReparse = REPARSED_AT_FIRST;
  /** Null while searching for the next item. */
  let parser: XmlParser | null = startParser();
  let depth = 0;
  /** The open item, if any; without its parts once it is too long. */
  let item: { line: number; start: number; depth: number; parts: FeedItem | null } | null = null;
  /** Whether text belongs to an element outside of items. */
  let isHead = false;
  /** Positions in the whole text: the parser's start, its progress, the end of the input so far. */
  let base = 0;
  let reached = 0;
  let received = 0;
  /** The end of the searched text, which may be the start of an item. */
  let tail = "";

  function startParser(): XmlParser {
    const started: XmlParser = new XmlParser({
      onopentag(name, attributes) {
        reach(started);
        open(name, attributes, base + started.startIndex);
      },
      oncdatastart: () => void (isInSection = true),
      oncdataend: () => void (isInSection = false),
      ontext(text) {
        reach(started);
        if (isInSection && endItemIn(text, "<![CDATA[", "]]>")) return;
        if (item !== null) item.parts?.text(text);
        else if (isHead) head.text(text);
      },
      onclosetag(name) {
        reach(started);
        close(name);
      },
      oncomment(text) {
        reach(started);
        endItemIn(text, "<!--", "-->");
      },
      onprocessinginstruction(_, data) {
        reach(started);
        if (root === null) head.declare(data);
      },
    }, { xmlMode: true });
    return started;
  }

  function reach({ endIndex }: XmlParser): void {
    reached = base + endIndex + 1;
    if (item !== null && reached - item.start > MAX_RECORD) item.parts = null;
  }

  function open(given: string, written: Record<string, string>, start: number): void {
    const line = lines.at(start);
    if (++depth > MAX_DEPTH) return giveUp(`elements are nested more than ${MAX_DEPTH} deep`);
    isCaseFolded ||= root === null && isRoot(usualCase(given)) && !isRoot(given);
    const attributes = isCaseFolded ? attributesInUsualCase(written) : written;
    const scope = scopes.at(-1)!.within(attributes);
    scopes.push(scope);
    const name = nameIn(scope, given);
    if (root === null && STRAY.has(name)) return;
    if (root === null) {
      root = name;
      isFeed = isRoot(name);
      head.open(name, attributes);
      if (ITEM_ROOTS.includes(name)) return begin(line, scope, attributes);
      if (isFeed) return;
      const what = OTHERS.get(name.toLowerCase());
      const error = `no RSS or Atom feed: its first element is <${given}>`;
      reject(line, `this is ${what ?? error}`);
      parser?.pause();
    } else if (ITEMS.includes(name) && isItemPlace(name)) {
      if (item !== null) finish(unclosed(item.parts?.read(head)));
      begin(line, scope, attributes);
    } else if (item !== null) {
      item.parts?.open(name, attributes);
    } else {
      isHead = depth <= 3;
      if (isHead) head.open(name, attributes);
    }
  }

  function begin(line: number, scope: Scope, attributes: Record<string, string>): void {
    const start = base + (parser?.startIndex ?? 0);
    item = { line, start, depth, parts: feedItem(resolved(scope, attributes)) };
  }

  function nameIn(scope: Scope, given: string): string {
    return scope.resolve(isCaseFolded ? usualCase(given) : given);
  }

  /** Within an item, only an unambiguous item tag starts another one; `doc` may be any element. */
  function isItemPlace(name: string): boolean {
    return name !== "doc" || item === null && (root === "feed" || root === "doc");
  }

  /** At the end of the text, the parser closes all open elements. */
  function close(given: string): void {
    const scope = scopes.pop();
    const name = scope === undefined ? given : nameIn(scope, given);
    if (scopes.length === 0) scopes = [rootScope()];
    isHead = false;
    if (item === null) {
      if (isEnding && depth === 1) reject(lines.at(received), "the feed ends before it is closed");
    } else if (depth > item.depth) {
      item.parts?.close(name);
    } else if (isEnding) {
      finish({ kind: "rejected", error: "the feed ends within the item" });
    } else {
      finish(item.parts?.read(head) ?? { kind: "rejected", error: TOO_LONG });
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
    // The root's declarations apply to the items that follow.
    scopes = scopes.slice(0, 3);
    tail = "";
  }

  /**
   * Ends the item whose section contains the start of another one, and another section or the end of the input:
   * it was not closed. Returns whether it was so.
   */
  function endItemIn(section: string, opening: string, closing: string): boolean {
    if (item === null) return false;
    const boundary = ITEM_BOUNDARY.exec(section);
    if (boundary === null) return false;
    const next = boundary.index + boundary[0].length;
    if (!isEnding && !section.includes(opening, next) || mayReparse < section.length) return false;
    mayReparse -= section.length;
    again = section.slice(next) + (isEnding ? "" : closing);
    giveUp(`the item has an unclosed ${opening}`);
    return true;
  }

  /** Searches the latest `text` for an item; returns the text from its start, or null. */
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

  /** Parses the latest `text`; returns the remaining text if it gave up on an item. */
  function parse(text: string): string {
    parser?.write(text);
    if (again !== "") {
      const rest = again + text.slice(text.length - (received - reached));
      again = "";
      return rest;
    }
    // The parser buffers an incomplete token, such as a CDATA section.
    if (parser !== null && received - reached > MAX_RECORD) {
      giveUp(TOO_LONG);
      return "";
    }
    lines.at(reached);
    return parser === null ? text.slice(text.length - (received - reached)) : "";
  }

  function parseAll(text: string): void {
    for (let rest = text; rest !== "" && isFeed;) {
      rest = parser === null ? find(rest) : parse(rest);
    }
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
      mayReparse += REPARSED_PER_CHARACTER * text.length;
      parseAll(text);
      return taken();
    },
    end() {
      for (let rest: string | null = ""; rest !== null && isFeed;) {
        parseAll(rest);
        isEnding = true;
        parser?.end();
        isEnding = false;
        rest = again === "" ? null : again;
        again = "";
      }
      if (root === null) reject(1, "this is no RSS or Atom feed: it has no element");
      return taken();
    },
  };
}

function isRoot(name: string): boolean {
  return ROOTS.includes(name) || ITEM_ROOTS.includes(name);
}

/** The result of an item without an end tag, which ends where the next one starts. */
function unclosed(reading: Reading | undefined): Reading {
  if (reading?.kind !== "article") return reading ?? { kind: "rejected", error: TOO_LONG };
  return { ...reading, notes: [...reading.notes ?? [], "the item is not closed"] };
}

/** Returns an item's attributes by resolved name; those without a prefix are in no namespace. */
function resolved(scope: Scope, attributes: Record<string, string>): Record<string, string> {
  if (Object.keys(attributes).length === 0) return attributes;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) =>
      [name.includes(":") ? scope.resolve(name) : name, value] as const
    ),
  );
}
