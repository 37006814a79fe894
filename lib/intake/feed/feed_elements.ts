import type { Reading } from "../incoming_article.ts";
import { TOO_LONG } from "../parsed.ts";
import { feedItem } from "./feed_item.ts";
import { type FeedState, finishItem, giveUp, rejectAt } from "./feed_state.ts";
import { attributesInUsualCase, usualCase } from "./letter_case.ts";
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

/** The depth limit, against attacks: the parser's time is quadratic in the depth. */
const MAX_DEPTH = 1_000;

/** Called at the start tag of an element, which is at `start` in the whole text. */
export function openElement(
  state: FeedState,
  given: string,
  written: Record<string, string>,
  start: number,
): void {
  const line = state.lines.at(start);
  if (++state.depth > MAX_DEPTH) {
    return giveUp(state, `elements are nested more than ${MAX_DEPTH} deep`);
  }
  const { root, head } = state;
  state.isCaseFolded ||= root === null && isRoot(usualCase(given)) && !isRoot(given);
  const attributes = state.isCaseFolded ? attributesInUsualCase(written) : written;
  const scope = state.scopes.at(-1)!.within(attributes);
  state.scopes.push(scope);
  const name = nameIn(state, scope, given);
  if (root === null) {
    if (!STRAY.has(name)) openRoot(state, { given, name, line, start, scope, attributes });
  } else if (ITEMS.includes(name) && isItemPlace(state, name)) {
    if (state.item !== null) finishItem(state, unclosed(state.item.parts?.read(head)));
    beginItem(state, { line, start, scope, attributes });
  } else if (state.item !== null) {
    state.item.parts?.open(name, attributes);
  } else {
    state.isHead = state.depth <= 3;
    if (state.isHead) head.open(name, attributes);
  }
}

/** A start tag, and its place in the whole text. */
interface StartTag {
  line: number;
  start: number;
  scope: Scope;
  attributes: Record<string, string>;
}

function openRoot(state: FeedState, tag: StartTag & { given: string; name: string }): void {
  const { given, name, line, attributes } = tag;
  state.root = name;
  state.isFeed = isRoot(name);
  state.head.open(name, attributes);
  if (ITEM_ROOTS.includes(name)) return beginItem(state, tag);
  if (state.isFeed) return;
  const what = OTHERS.get(name.toLowerCase());
  const error = `not an RSS or Atom feed: its first element is <${given}>`;
  rejectAt(state, line, `this is ${what ?? error}`);
  state.parser?.pause();
}

function beginItem(state: FeedState, { line, start, scope, attributes }: StartTag): void {
  const parts = feedItem(resolved(scope, attributes));
  state.item = { line, start, depth: state.depth, parts };
}

/** Called at the end tag of an element. At the end of the text, the parser closes all open elements. */
export function closeElement(state: FeedState, given: string): void {
  const { item, isEnding } = state;
  const scope = state.scopes.pop();
  const name = scope === undefined ? given : nameIn(state, scope, given);
  if (state.scopes.length === 0) state.scopes = [rootScope()];
  state.isHead = false;
  if (item === null) {
    if (isEnding && state.depth === 1) {
      rejectAt(state, state.lines.at(state.received), "the feed ends before it is closed");
    }
  } else if (state.depth > item.depth) {
    item.parts?.close(name);
  } else if (isEnding) {
    finishItem(state, { kind: "rejected", error: "the feed ends within the item" });
  } else {
    finishItem(state, item.parts?.read(state.head) ?? { kind: "rejected", error: TOO_LONG });
  }
  state.depth--;
}

function nameIn({ isCaseFolded }: FeedState, scope: Scope, given: string): string {
  return scope.resolve(isCaseFolded ? usualCase(given) : given);
}

/** Within an item, only an unambiguous item tag starts another one; `doc` may be any element. */
function isItemPlace({ item, root }: FeedState, name: string): boolean {
  return name !== "doc" || item === null && (root === "feed" || root === "doc");
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
