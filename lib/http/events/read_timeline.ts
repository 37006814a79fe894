import { kindsIn } from "../../dashboard/events/event_group.ts";
import { MARK_KINDS } from "../../dashboard/events/mark_kinds.ts";
import {
  MINUTE_MS,
  TIMELINE_SPANS,
  type TimelineQuery,
} from "../../dashboard/events/timeline_query.ts";
import { foldEvents } from "../../dashboard/events/fold_events.ts";
import { seriesOf } from "../../dashboard/charts/series.ts";
import { failuresBetween } from "../../database/failures_between.ts";
import { listEvents } from "../../database/events.ts";
import { readHistory, SPANS } from "../../database/chart_history.ts";
import type { Node } from "../../node/node.ts";
import { countLogLines, listLogLines } from "../../database/kept_lines.ts";
import { NO_FILTER } from "../../dashboard/logs/log_filter.ts";

/** Entries of the list, and the events that are read to fill it: an entry may stand for several. */
const LISTED = 50;
const READ = 500;
const MARKS = 200;
const MINUTE_EVENTS = 100;
const MINUTE_LINES = 200;
const MOST_COUNTED = 10_000;

/** Reads the data of the timeline page. Throws `DatabaseUnreachableError`. */
export async function readTimeline(node: Node, query: TimelineQuery, now: number) {
  const { sql } = node.database;
  const to = query.until === null ? now : Math.min(query.until, now);
  const from = to - TIMELINE_SPANS[query.span];
  const filter = {
    kinds: query.groups.length === 0 ? undefined : kindsIn(query.groups),
    actor: query.actor === "" ? undefined : query.actor,
    node: query.node === "" ? undefined : query.node,
  };
  const [page, marks, samples, minute] = await Promise.all([
    listEvents(sql, { ...filter, until: to + 1 }, { cursor: query.cursor, limit: READ }),
    listEvents(
      sql,
      { ...filter, kinds: filter.kinds ?? MARK_KINDS, since: from, until: to + 1 },
      { cursor: null, limit: MARKS },
    ),
    readHistory(sql, query.span, { until: to }),
    query.minute === null ? null : readMinute(node, query.minute, now),
  ]);
  const { length, step } = SPANS[query.span];
  const { values } = seriesOf(samples, { length, step, until: to, now });
  const next = foldEvents(page.events).at(LISTED)?.event.id;
  const end = page.events.findIndex(({ id }) => id === next);
  const events = next === undefined ? page.events : page.events.slice(0, end);
  return {
    now,
    from,
    to,
    events,
    cursor: next === undefined ? page.cursor : events.at(-1)?.id ?? null,
    marks: marks.events,
    rates: { processed: values.processed, failed: values.failed, pending: values.pending },
    minute,
  };
}

export type Timeline = Awaited<ReturnType<typeof readTimeline>>;
export type TimelineMinute = NonNullable<Timeline["minute"]>;

/** The data of one minute: events, failures, nodes and log lines. */
async function readMinute(node: Node, minute: number, now: number) {
  const { sql } = node.database;
  const end = minute + MINUTE_MS;
  const span = { since: minute, until: end };
  const [events, failures, log, lineCount, rates] = await Promise.all([
    listEvents(sql, span, { cursor: null, limit: MINUTE_EVENTS }),
    failuresBetween(sql, minute, end),
    listLogLines(sql, { ...NO_FILTER, codes: [], ...span }, {
      from: null,
      towards: "older",
      limit: MINUTE_LINES,
    }),
    countLogLines(sql, { ...span, most: MOST_COUNTED }),
    ratesOf(node, minute, now),
  ]);
  return {
    minute,
    events: events.events,
    failures,
    lineCount,
    lines: log.lines,
    ...rates,
  };
}

/** Articles per second in a minute and in the previous one, at the history's resolution for that age. */
async function ratesOf(node: Node, minute: number, now: number) {
  const span = now - minute < 3_500_000 ? "5m" : now - minute < 86_000_000 ? "1h" : "24h";
  const samples = await readHistory(node.database.sql, span, { until: minute + MINUTE_MS });
  const processedAt = (at: number) => samples.findLast((sample) => sample.at < at)?.processed;
  const between = (from: number, to: number) => {
    const [first, last] = [processedAt(from), processedAt(to)];
    return first === undefined || last === undefined ? null : (last - first) / (to - from) * 1_000;
  };
  return {
    rate: between(minute, minute + MINUTE_MS),
    before: between(minute - MINUTE_MS, minute),
  };
}
