import { z } from "zod";
import type { KeptLogLine, LogLine } from "../wire/log_line.ts";
import { atMicrosecond, microsecondsOf } from "./microseconds.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** The time limit of a page with a text search, which then returns a cursor. */
const BUDGET_MS = 50;
/** The initial number of rows per step; fast steps grow. */
const FIRST_STEP = 1_000;
const LONGEST_STEP = 4_000;
const QUICK_MS = 10;
/** The stored levels. */
const KEPT_LEVELS = ["info", "warning", "error"] as const satisfies readonly LogLine["level"][];

/** A filter of stored lines, combined with AND. */
export interface LogLineFilter {
  /** Empty for all. */
  levels: readonly LogLine["level"][];
  /** A substring of the message or of the request's id, case-insensitive; empty for any. */
  text: string;
  /** The codes of messages that the text matches, too, since it is in their wording. */
  codes: readonly string[];
  /** Empty for all. */
  node: string;
  /** Null for all. */
  article: number | null;
  /** In ms since the epoch: inclusive start and exclusive end; null: none. */
  since: number | null;
  until: number | null;
}

/** The position of a row in the log; the node distinguishes rows of the same microsecond. */
export interface LogPlace {
  /** Microseconds since the epoch. */
  at: number;
  node: string;
}

export interface LogPage {
  /** Oldest first. */
  lines: KeptLogLine[];
  /**
   * The cursor of the next page in this direction; null if there is none. A page may be short and still have
   * a next one: the search for a rare text is split, so that no page takes long.
   */
  next: LogPlace | null;
}

export interface LogPageOptions {
  /** The page starts after it; null: at the end of the span. */
  from: LogPlace | null;
  towards: "older" | "newer";
  limit: number;
  now?: () => number;
}

/** Returns a page of the stored log, in time independent of its size and of the filter. */
export async function listLogLines(
  sql: Sql,
  filter: LogLineFilter,
  { from, towards, limit, now = () => performance.now() }: LogPageOptions,
): Promise<LogPage> {
  const began = now();
  const lines: KeptLogLine[] = [];
  let next: LogPlace | null = from;
  // One more row shows whether there is a next page. Without a text, every row matches.
  for (let size = filter.text === "" ? limit + 1 : FIRST_STEP;;) {
    const stepBegan = now();
    const wanted = limit + 1 - lines.length;
    const step = await searchStep(sql, filter, { place: next, towards, size, wanted });
    lines.push(...step.lines);
    next = step.isLast ? null : step.place;
    const took = now() - stepBegan;
    // A step that would exceed the time limit is left to the next page.
    if (lines.length > limit || step.isLast || now() - began + took > BUDGET_MS) break;
    if (took < QUICK_MS) size = Math.min(2 * size, LONGEST_STEP);
  }
  const last = lines[limit - 1];
  if (lines.length > limit && last !== undefined) next = { at: last.id, node: last.node };
  lines.splice(limit);
  return { lines: towards === "older" ? lines.reverse() : lines, next };
}

/** Counts lines in a time span (ms since the epoch); reads at most `most` rows. */
export async function countLogLines(
  sql: Sql,
  { since, until, most }: { since: number; until: number; most: number },
): Promise<number> {
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () =>
      sql`
        SELECT coalesce(sum(lines), 0)::int8 AS count FROM (
          SELECT lines FROM log_lines
          WHERE at >= ${since}::timestamptz AND at < ${until}::timestamptz
          ORDER BY at, node LIMIT ${most}
        ) AS counted`,
  );
  return count;
}

const found = z.object({
  /** The number of searched rows, and the last one. */
  searched: z.number(),
  endAt: z.number().nullable(),
  endNode: z.string().nullable(),
  /** Null in the only row of a step that found nothing. */
  at: z.number().nullable(),
  node: z.string().nullable(),
  level: z.enum(["debug", ...KEPT_LEVELS]).nullable(),
  message: z.string().nullable(),
  lines: z.number().nullable(),
  lastAt: z.number().nullable(),
  article: z.number().nullable(),
  request: z.string().nullable(),
  code: z.string().nullable(),
  parameters: z.record(z.string(), z.string()).nullable(),
});

interface Step {
  place: LogPlace | null;
  towards: "older" | "newer";
  /** The maximum number of rows to search, and to return. */
  size: number;
  wanted: number;
}

async function searchStep(sql: Sql, filter: LogLineFilter, step: Step) {
  const { size, wanted } = step;
  const order = step.towards === "older" ? sql`DESC` : sql`ASC`;
  const text = storable(filter.text);
  const matches = text === ""
    ? sql`true`
    : sql`strpos(lower(message), lower(${text})) > 0 OR strpos(lower(request), lower(${text})) > 0
        OR code = ANY(${`{${filter.codes.join(",")}}`}::text[])`;
  const rows = await readRows(
    found,
    () =>
      sql`
        WITH searched AS MATERIALIZED (${lookedRows(sql, filter, step)}),
        seen AS (SELECT count(*) AS searched FROM searched),
        ending AS (
          SELECT at, node FROM searched
          ORDER BY at ${order}, node ${order} OFFSET greatest((SELECT searched FROM seen) - 1, 0) LIMIT 1
        )
        SELECT
          seen.searched, ${microsecondsOf(sql, sql`ending.at`)} AS end_at, ending.node AS end_node,
          ${
        microsecondsOf(sql, sql`found.at`)
      } AS at, found.node, found.level, found.message, found.lines,
          found.last_at, found.article, found.request, found.code, found.parameters
        FROM seen LEFT JOIN ending ON true LEFT JOIN (
          SELECT * FROM searched WHERE ${matches}
          ORDER BY at ${order}, node ${order} LIMIT ${wanted}
        ) AS found ON true
        ORDER BY found.at ${order}, found.node ${order}`,
  );
  const [{ searched, endAt, endNode } = { searched: 0, endAt: null, endNode: null }] = rows;
  return {
    lines: rows.flatMap((row) => lineOf(row) ?? []),
    place: endAt === null || endNode === null ? step.place : { at: endAt, node: endNode },
    isLast: searched < size,
  };
}

/** The next rows in index order, before the text search. */
function lookedRows(
  sql: Sql,
  { levels, node, article, since, until }: LogLineFilter,
  { place, towards, size }: Step,
) {
  const order = towards === "older" ? sql`DESC` : sql`ASC`;
  const beyond = towards === "older" ? sql`<` : sql`>`;
  const selected = (conditions: ReturnType<Sql>) =>
    sql`
      SELECT at, node, level, message, lines, last_at, article, request, code, parameters
      FROM log_lines
      WHERE ${conditions}
        ${since === null ? sql`` : sql`AND at >= ${since}::timestamptz`}
        ${until === null ? sql`` : sql`AND at < ${until}::timestamptz`}
        ${
      place === null
        ? sql``
        : sql`AND (at, node) ${beyond} (${atMicrosecond(sql, place.at)}, ${storable(place.node)})`
    }
      ORDER BY at ${order}, node ${order} LIMIT ${size}`;
  const chosen = levels.length === 0 ? KEPT_LEVELS : levels;
  const names = `{${chosen.join(",")}}`;
  const ofNode = node === "" ? sql`` : sql`AND log_lines.node = ${storable(node)}`;
  if (article !== null) {
    return selected(sql`article = ${article} AND level = ANY(${names}::text[]) ${ofNode}`);
  }
  if (levels.length === 0 && node === "") return selected(sql`true`);
  // Each level is in the order of an index; `IN` would have to sort them.
  return sql`
    SELECT selected.* FROM unnest(${names}::text[]) AS chosen (name)
    CROSS JOIN LATERAL (${selected(sql`level = chosen.name ${ofNode}`)}) AS selected
    ORDER BY at ${order}, node ${order} LIMIT ${size}`;
}

function lineOf(row: z.infer<typeof found>): KeptLogLine | null {
  const { at, node, level, message, lines, lastAt, article, request, code, parameters } = row;
  if (at === null || node === null || level === null || message === null) return null;
  return {
    id: at,
    type: "log",
    level,
    message,
    timestamp: new Date(at / 1_000).toISOString(),
    node,
    ...(article === null ? {} : { article }),
    ...(request === null ? {} : { request }),
    ...(code === null || parameters === null ? {} : { code, parameters }),
    ...(lines === null || lines === 1 || lastAt === null
      ? {}
      : { count: lines, last_timestamp: new Date(lastAt).toISOString() }),
  };
}
