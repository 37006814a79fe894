import { KNOWN, RAW } from "./elements.ts";

/** Content in which every "<" starts a tag, a comment or a declaration. */
export interface Markup {
  html: string;
  /** Whether there is any markup; content without it is plain text. */
  hasMarkup: boolean;
}

/** Elements without text content; an unclosed one extends to the end of the input. */
const CODE: ReadonlySet<string> = new Set(["script", "style"]);
/** Names of custom elements and of elements in other namespaces. */
const CUSTOM_NAME = /^[a-z][a-z0-9._:-]*[a-z0-9]$/;
const CDATA_START = "<![CDATA[";
const CDATA_END = "]]>";
const EMPTY_COMMENT = /\s*>/y;
const DECLARATION = /<!doctype[\s>]|<\?xml[\s?]/iy;
/** Characters after a one-letter tag name: comparisons (`a <b and c> d`) also look like tags. */
const ATTRIBUTE_OR_END = /\s*(?:\/?>|[a-z_@:][^\s=>"'<]*\s*=|[a-z]+-[a-z-]+|hidden|download)/iy;

/**
 * Separates markup from text: a tag is a known HTML name (or one with a hyphen or colon, like those of
 * custom elements) in angle brackets. Every other "<" is escaped, so that a parser reads it as text. CDATA
 * sections are replaced by their content. Takes linear time.
 */
export function readMarkup(content: string): Markup {
  const html = content.includes(CDATA_START) ? readSections(content) : content;
  const lastEnd = html.lastIndexOf(">");
  if (lastEnd < 0) return { html: html.replaceAll("<", "&lt;"), hasMarkup: html !== content };
  const endTags = createEndTagSearch(html);
  let escaped = "";
  let done = 0;
  let hasMarkup = html !== content;
  for (let at = html.indexOf("<"); at >= 0;) {
    const markup = at < lastEnd ? markupAt(html, at, endTags) : null;
    if (markup === null) {
      escaped += html.slice(done, at) + "&lt;";
      done = at + 1;
      at = html.indexOf("<", done);
    } else {
      hasMarkup ||= markup.isKnown;
      at = html.indexOf("<", markup.end);
    }
  }
  return { html: done === 0 ? html : escaped + html.slice(done), hasMarkup };
}

/**
 * Replaces CDATA sections by their content; an unclosed one extends to the end. A section that starts with
 * ">" is an empty comment, as in browsers.
 */
function readSections(content: string): string {
  let read = "";
  let done = 0;
  for (let at = content.indexOf(CDATA_START); at >= 0;) {
    let end = at + CDATA_START.length;
    EMPTY_COMMENT.lastIndex = end;
    if (!EMPTY_COMMENT.test(content)) {
      read += content.slice(done, at);
      done = end;
      end = content.indexOf(CDATA_END, done);
      if (end < 0) break;
      read += content.slice(done, end);
      done = end += CDATA_END.length;
    }
    at = content.indexOf(CDATA_START, end);
  }
  return read + content.slice(done);
}

/** Reads the markup at `at`: whether it is known HTML, and its end; null if it is not markup. */
function markupAt(
  html: string,
  at: number,
  endTags: EndTagSearch,
): { isKnown: boolean; end: number } | null {
  const next = html.charCodeAt(at + 1);
  if (next === 0x21 || next === 0x3f) return declarationAt(html, at);
  const isEnd = next === 0x2f;
  const start = at + (isEnd ? 2 : 1);
  let end = start;
  while (isInName(html.charCodeAt(end))) end++;
  if (end === start || !endsName(html.charCodeAt(end))) return null;
  const name = html.slice(start, end).toLowerCase();
  const isKnown = KNOWN.has(name);
  if (!isKnown && !isCustomName(name)) return null;
  if (isEnd) return { isKnown, end };
  if (name.length === 1 && !isPlausible(html, at, end, name, endTags)) return null;
  if (!RAW.has(name)) return { isKnown, end };
  // The content of these elements is not parsed as markup.
  const endTag = endTags.find(name, end);
  if (endTag !== null) return { isKnown, end: endTag };
  return CODE.has(name) ? { isKnown, end: html.length } : null;
}

function declarationAt(html: string, at: number): { isKnown: boolean; end: number } | null {
  if (html.startsWith("<!--", at)) {
    const end = html.indexOf("-->", at + 2);
    return { isKnown: true, end: end < 0 ? html.length : end + 3 };
  }
  DECLARATION.lastIndex = at;
  const isDeclaration = DECLARATION.test(html) || html.startsWith("<![", at);
  return isDeclaration ? { isKnown: true, end: at + 2 } : null;
}

function isCustomName(name: string): boolean {
  return (name.includes("-") || name.includes(":")) && CUSTOM_NAME.test(name);
}

function isInName(unit: number): boolean {
  const lower = unit | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (unit >= 0x2d && unit <= 0x3a && unit !== 0x2f);
}

function endsName(unit: number): boolean {
  return unit === 0x3e || unit === 0x2f || unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
}

/** Whether `<a`, `<b` … start a tag rather than a comparison (`a<b 且 c>d`) or a type (`List<A>`). */
function isPlausible(
  html: string,
  at: number,
  end: number,
  name: string,
  endTags: EndTagSearch,
): boolean {
  ATTRIBUTE_OR_END.lastIndex = end;
  if (!ATTRIBUTE_OR_END.test(html)) return false;
  if (name === "p" || at === 0 || !/\w/.test(html.charAt(at - 1))) return true;
  return endTags.find(name, end) !== null;
}

interface EndTagSearch {
  /** Returns the position of the next `</name` from `from` on, or null. */
  find(name: string, from: number): number | null;
}

/** Caches results, so that all searches together read the content once per name. */
function createEndTagSearch(html: string): EndTagSearch {
  const found = new Map<string, number | null>();
  return {
    find(name, from) {
      const known = found.get(name);
      if (known === null || (known !== undefined && known >= from)) return known;
      const pattern = new RegExp(`</${name}(?![a-z0-9-])`, "ig");
      pattern.lastIndex = from;
      const at = pattern.exec(html)?.index ?? null;
      found.set(name, at);
      return at;
    },
  };
}
