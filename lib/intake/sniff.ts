import { USUAL_NAMES, usualName } from "./field_map.ts";
import type { Format } from "./format_name.ts";

/** The number of bytes examined. */
export const SNIFFED = 4 * 1024;

const LEADING = /^(?:\s|<!--[\s\S]*?-->)*/;
const PAGE = /^<(?:!doctype\s+html|html[\s>])/i;
const XML =
  /^<(?:\?xml\s|!doctype\s+(?!html)|(?:[\w-]+:)?(?:rss|feed|rdf|channel|entry|opml|urlset)[\s>])/i;
const XML_PAGE = /^<\?xml[^>]*>\s*(?:<!doctype\s+html|<html[\s>])/i;

/**
 * Detects the format of a text by its start: certain evidence overrides `declared`, otherwise the declared
 * format applies. Returns null if unknown. A text declared as plain text stays that.
 */
export function sniff(head: string, declared: Format | null): Format | null {
  if (declared === "text") return declared;
  const start = head.replace(LEADING, "");
  if (PAGE.test(start) || XML_PAGE.test(start)) return "page";
  if (XML.test(start)) return "feed";
  if (declared === "markdown" || declared === "page") return declared;
  if (/^\{\s*["}]|^\[\s*(?:[\[{\]]|$)/.test(start) || assignmentEnd(start) > 0) return "json";
  if (declared !== null) return declared;
  if (start.startsWith("{")) return "json";
  if (/^<[a-z]/i.test(start)) return "page";
  return hasContentColumn(start) ? "table" : null;
}

/** Returns where the value of a script starts, in an assignment or a call; 0 if it is no such script. */
export function assignmentEnd(head: string): number {
  const assignment =
    /^\s*(?:(?:var|let|const)\s+)?[A-Za-z_$](?:[\w$.]|\["[\w-]+"\])*\s*(?:=|\()\s*(?=\[\s*[{\]]|\{\s*")/;
  return assignment.exec(head)?.[0].length ?? 0;
}

/** Whether the first line is the header of a table with a content column. */
export function hasContentColumn(text: string): boolean {
  const [line = ""] = text.split(/\r\n?|\n/, 1);
  if (/^sep=.\s*$/i.test(line)) return true;
  const columns = line.split(/[,;\t|]/).map((name) => usualName(name.trim().replace(/^"|"$/g, "")));
  return columns.length > 1 && USUAL_NAMES.content.some((name) => columns.includes(name));
}
