import type { LogFilter } from "../../dashboard/logs/log_filter.ts";
import { isForward, LOG_CURSOR, type LogSpan } from "../../dashboard/logs/log_span.ts";
import { listLogLines, type LogPlace } from "../../database/kept_lines.ts";
import type { Language } from "../../i18n/language.ts";
import { codesWith } from "../../i18n/logs/word_line.ts";
import type { Node } from "../../node/node.ts";
import type { KeptLogLine } from "../../wire/log_line.ts";

/** The lines of a page, unless its reader says otherwise. */
const PAGE = 500;
const EXPORT_PAGE = 1_000;

/** A page of the kept log. */
export interface KeptLog {
  /** Oldest first. */
  lines: KeptLogLine[];
  /** The cursors of the next pages: `before` and `after`; null: nothing is there. */
  older: string | null;
  newer: string | null;
  /** ISO 8601: how far a page was searched that is short although there is a next one; null: the page is whole. */
  searched_to: string | null;
}

/** Reads a page of the kept log. Throws `DatabaseUnreachableError`. */
export async function readKeptLog(
  { database }: Pick<Node, "database">,
  filter: LogFilter,
  span: LogSpan,
  { language, limit = PAGE }: { language: Language; limit?: number | undefined },
): Promise<KeptLog> {
  const forward = isForward(span);
  const codes = codesWith(language, filter.text);
  const from = placeOf(span.after ?? span.before);
  const { lines, next } = await listLogLines(database.sql, { ...filter, codes, ...span }, {
    from,
    towards: forward ? "newer" : "older",
    limit,
  });
  const [first, last] = [lines.at(0), lines.at(-1)];
  const searched_to = next === null || lines.length === limit
    ? null
    : new Date(next.at / 1_000).toISOString();
  const ahead = next === null ? null : cursorOf(next);
  if (forward) {
    // The other direction excludes its cursor, so that of an empty page is moved past the excluded row.
    const back = first === undefined ? from && { ...from, at: from.at + 1 } : placeOfLine(first);
    return { lines, older: from && back && cursorOf(back), newer: ahead, searched_to };
  }
  const back = last === undefined ? from && { ...from, at: from.at - 1 } : placeOfLine(last);
  return { lines, older: ahead, newer: from && back && cursorOf(back), searched_to };
}

/** Yields all lines of a span that match, oldest first, reading in pages. */
export async function* exportKeptLog(
  { database }: Pick<Node, "database">,
  filter: LogFilter,
  { since, until }: Pick<LogSpan, "since" | "until">,
  language: Language,
): AsyncGenerator<KeptLogLine> {
  const codes = codesWith(language, filter.text);
  let from: LogPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof listLogLines>> = await listLogLines(
      database.sql,
      { ...filter, codes, since, until },
      { from, towards: "newer", limit: EXPORT_PAGE },
    );
    yield* page.lines;
    from = page.next;
  } while (from !== null);
}

function placeOf(cursor: string | null): LogPlace | null {
  const [, at, node] = LOG_CURSOR.exec(cursor ?? "") ?? [];
  return at === undefined || node === undefined ? null : { at: Number(at), node };
}

function placeOfLine({ id, node }: KeptLogLine): LogPlace {
  return { at: id, node };
}

function cursorOf({ at, node }: LogPlace): string {
  return `${at}.${node}`;
}
