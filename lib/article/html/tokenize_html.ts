import { RAW } from "./elements.ts";
import { decodeEntities } from "./entities.ts";

/** An element's decoded attributes by lowercase name. */
export type Attributes = ReadonlyMap<string, string>;

/** Callbacks in document order; tags need not match. Names are in lower case. */
export interface TagVisitor {
  /** `isClosed`: the tag ends with `/>`. */
  open(name: string, attributes: Attributes, isClosed: boolean): void;
  close(name: string): void;
  /** Called with raw text, not decoded. */
  text(raw: string): void;
}

export const NO_ATTRIBUTES: Attributes = new Map();

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const EXCLAMATION = 0x21;
const QUESTION = 0x3f;
const COMMENT_END = /--!?>/g;

/**
 * Divides HTML into tags and texts, as browsers do. Comments, declarations and CDATA sections are skipped; so is a tag
 * or a comment that the input ends in. Takes linear time.
 */
export function tokenizeHtml(html: string, visitor: TagVisitor): void {
  for (let at = 0; at < html.length;) {
    const next = html.charCodeAt(at) === LESS ? html.charCodeAt(at + 1) : 0;
    if (isLetter(next)) at = readStartTag(html, at + 1, visitor);
    else if (next === SLASH) at = readEndTag(html, at + 2, visitor);
    else if (next === EXCLAMATION || next === QUESTION) at = endOfDeclaration(html, at);
    else at = readText(html, at, html.indexOf("<", at + 1), visitor);
  }
}

// Each of these functions returns where it ends: the end of the input if what it looks for is missing.

/** Reads the text up to `end`, or to the end of the input if `end` is negative. */
function readText(html: string, start: number, end: number, visitor: TagVisitor): number {
  const to = end < 0 ? html.length : end;
  if (to > start) visitor.text(html.slice(start, to));
  return to;
}

/** Reads a start tag from its name on, and the content of a raw text element. */
function readStartTag(html: string, start: number, visitor: TagVisitor): number {
  let at = endOfName(html, start);
  const name = html.slice(start, at).toLowerCase();
  let attributes: Map<string, string> | null = null;
  let isClosed = false;
  while (at < html.length) {
    const unit = html.charCodeAt(at);
    if (unit === GREATER) {
      visitor.open(name, attributes ?? NO_ATTRIBUTES, isClosed);
      return isClosed || !RAW.has(name) ? at + 1 : readRaw(html, name, at + 1, visitor);
    }
    if (unit === SLASH || isSpace(unit)) {
      isClosed ||= unit === SLASH;
      at++;
    } else {
      isClosed = false;
      attributes ??= new Map();
      at = readAttribute(html, at, attributes);
    }
  }
  return at;
}

/** Adds an attribute to those before it in the tag, of which the first with a name counts. */
function readAttribute(html: string, start: number, attributes: Map<string, string>): number {
  const nameEnd = endOfAttributeName(html, start);
  const name = html.slice(start, nameEnd).toLowerCase();
  let at = skipSpace(html, nameEnd);
  let value = "";
  if (html.charCodeAt(at) === EQUALS) {
    at = skipSpace(html, at + 1);
    const quote = html.charAt(at);
    const isQuoted = quote === '"' || quote === "'";
    if (isQuoted) at++;
    const closing = isQuoted ? html.indexOf(quote, at) : -1;
    const end = closing < 0 ? endOfOpenValue(html, at, isQuoted) : closing;
    if (end < 0) return html.length;
    value = decodeEntities(html.slice(at, end));
    at = closing < 0 ? end : closing + 1;
  }
  if (!attributes.has(name)) attributes.set(name, value);
  return at;
}

/**
 * Returns the end of a value without a closing quote. If it has an opening one, that is the end of the tag: a browser
 * would lose the rest of the document. Negative if there is none.
 */
function endOfOpenValue(html: string, start: number, isQuoted: boolean): number {
  return isQuoted ? html.indexOf(">", start) : endOfUnquoted(html, start);
}

/** Reads the content of a raw text element, up to its end tag. */
function readRaw(html: string, name: string, start: number, visitor: TagVisitor): number {
  if (name === "plaintext") return readText(html, start, html.length, visitor);
  let end = html.indexOf("</", start);
  while (end >= 0 && !isEndTag(html, end, name)) end = html.indexOf("</", end + 2);
  return readText(html, start, end, visitor);
}

function isEndTag(html: string, at: number, name: string): boolean {
  const end = at + 2 + name.length;
  return endsName(html.charCodeAt(end)) && html.slice(at + 2, end).toLowerCase() === name;
}

/** Reads an end tag from its name on; without a name, it is skipped like a comment. */
function readEndTag(html: string, start: number, visitor: TagVisitor): number {
  if (!isLetter(html.charCodeAt(start))) return afterTag(html, start);
  const end = endOfName(html, start);
  if (end < html.length) visitor.close(html.slice(start, end).toLowerCase());
  return afterTag(html, end);
}

function endOfDeclaration(html: string, start: number): number {
  if (!html.startsWith("<!--", start)) return afterTag(html, start + 2);
  const content = start + 4;
  if (html.startsWith(">", content)) return content + 1;
  if (html.startsWith("->", content)) return content + 2;
  COMMENT_END.lastIndex = content;
  return COMMENT_END.test(html) ? COMMENT_END.lastIndex : html.length;
}

function afterTag(html: string, from: number): number {
  const end = html.indexOf(">", from);
  return end < 0 ? html.length : end + 1;
}

function endOfName(html: string, start: number): number {
  let at = start;
  while (at < html.length && !endsName(html.charCodeAt(at))) at++;
  return at;
}

/** The first character may be any: `="` is a name. */
function endOfAttributeName(html: string, start: number): number {
  let at = start + 1;
  while (at < html.length && html.charCodeAt(at) !== EQUALS && !endsName(html.charCodeAt(at))) at++;
  return at;
}

function endOfUnquoted(html: string, start: number): number {
  let at = start;
  while (at < html.length && html.charCodeAt(at) !== GREATER && !isSpace(html.charCodeAt(at))) at++;
  return at;
}

function skipSpace(html: string, start: number): number {
  let at = start;
  while (isSpace(html.charCodeAt(at))) at++;
  return at;
}

function isLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function endsName(unit: number): boolean {
  return unit === GREATER || unit === SLASH || isSpace(unit);
}

/** Whether a UTF-16 code unit is white space in HTML. */
export function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d && unit !== 0x0b);
}
