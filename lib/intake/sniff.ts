import { KNOWN } from "../article/html/elements.ts";
import { USUAL_NAMES, usualName } from "./field_map.ts";
import type { Expected, Format } from "./format_name.ts";

/** The number of bytes examined. */
export const SNIFFED = 4 * 1024;

// The record separator of JSON text sequences.
// deno-lint-ignore no-control-regex
const LEADING = /^(?:[\s\u001e]|<!--[\s\S]*?-->)*/;
const PAGE = /^<(?:!doctype\s+html|html[\s>])/i;
const XML =
  /^<(?:\?xml\s|!doctype\s+(?!html)|(?:[\w-]+:)?(?:rss|feed|rdf|channel|entry|doc|opml|urlset)[\s>])/i;
const XML_PAGE = /^<\?xml[^>]*>\s*(?:<!doctype\s+html|<html[\s>])/i;
/** The first line of front matter. */
const FRONT_MATTER = /^(?:---|\+\+\+)[ \t]*\r?\n/;
const JSON_NAME = /"([^"\\]{1,64})"\s*:/g;

/**
 * Detects the format of a text by its start: certain evidence overrides the declared format, which otherwise
 * applies. Returns null if unknown. A text declared as plain text stays that; one that is only named so, or as a
 * document, may also be a feed, a page, or records with a content, as exports often are. `mapped` is the mapped name of the content.
 */
export function sniff(
  head: string,
  { format: declared, isByName }: Pick<Expected, "format" | "isByName">,
  mapped?: string,
): Format | null {
  const start = head.replace(LEADING, "");
  if (declared === "text" && !isByName) return declared;
  if (PAGE.test(start) || XML_PAGE.test(start)) return "page";
  if (XML.test(start)) return "feed";
  if (isEventStream(start)) return "json";
  if (declared === "text" || declared === "markdown" || declared === "page") {
    return isByName ? recordsAt(start, mapped) ?? declared : declared;
  }
  if (/^\{\s*["}]|^\[\s*(?:[\[{\]]|$)/.test(start) || assignmentEnd(start) > 0) return "json";
  if (declared === "json" && /^[^\s[{"\d/-]/.test(start) && hasContentColumn(start, mapped)) {
    return "table";
  }
  if (declared !== null) return declared;
  if (start.startsWith("{")) return "json";
  if (KNOWN.has(/^<([a-z][a-z0-9-]*)[\s/>]/i.exec(start)?.[1]?.toLowerCase() ?? "")) return "page";
  if (FRONT_MATTER.test(start)) return "markdown";
  return hasContentColumn(start, mapped) ? "table" : null;
}

/** Whether a text starts like a stream of server-sent events whose data are JSON. */
export function isEventStream(head: string): boolean {
  return /^\s*(?:(?:(?:event|id|retry):.*|:.*)?\r?\n)*data:[ ]?[{[]/.test(head);
}

/** Returns where the value of a script starts, in an assignment or a call; 0 if it is no such script. */
export function assignmentEnd(head: string): number {
  const assignment =
    /^\s*(?:(?:var|let|const)\s+)?[A-Za-z_$](?:[\w$.]|\["[\w-]+"\])*\s*(?:=|\()\s*(?=\[\s*[{\]]|\{\s*")/;
  return assignment.exec(head)?.[0].length ?? 0;
}

/** Whether the first line is the header of a table with a content column. */
function hasContentColumn(text: string, mapped?: string): boolean {
  const line = firstLine(text);
  if (/^"?sep=."?\s*$/i.test(line)) return true;
  const columns = columnsOf(text);
  return columns.length > 1 && columns.some((name) => isContentName(name, mapped));
}

/**
 * Returns the format of records whose first line is JSON, or a header: with tabs and a name for the content, or of
 * usual names only, with one for the title, too.
 */
function recordsAt(text: string, mapped?: string): Format | null {
  const columns = columnsOf(text);
  const isHeader = firstLine(text).includes("\t") ||
    columns.every(isUsualName) && columns.some(isTitleName);
  if (isHeader && hasContentColumn(text, mapped)) return "table";
  if (!/^\{\s*"|^\[\s*\{\s*"/.test(text)) return null;
  const names = Array.from(text.matchAll(JSON_NAME), ([, name = ""]) => name);
  return names.some((name) => isContentName(name, mapped)) ? "json" : null;
}

function columnsOf(text: string): string[] {
  return firstLine(text).split(/[,;\t|]/).map((name) => name.trim().replace(/^"|"$/g, ""));
}

function isUsualName(name: string): boolean {
  const usual = usualName(name);
  return Object.values(USUAL_NAMES).some((names) => names.includes(usual));
}

function firstLine(text: string): string {
  return text.split(/\r\n?|\n/, 1)[0] ?? "";
}

function isTitleName(name: string): boolean {
  return USUAL_NAMES.title.includes(usualName(name));
}

function isContentName(name: string, mapped: string | undefined): boolean {
  const usual = usualName(name);
  return USUAL_NAMES.content.includes(usual) || mapped !== undefined && usual === usualName(mapped);
}
