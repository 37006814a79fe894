import { EVENT_GROUPS } from "../../dashboard/events/event_group.ts";
import {
  readTimelineQuery,
  TIMELINE_SPANS,
  timelineHref,
  type TimelineSpan,
} from "../../dashboard/events/timeline_query.ts";
import { failuresLink } from "../../dashboard/failures/failure_query.ts";
import type { Visit } from "../../dashboard/overview/last_visit.ts";
import { listEvents } from "../../database/events.ts";
import { listCauses } from "../../database/failure_causes.ts";
import { causesSince, processedAt } from "../../database/since_moment.ts";
import type { Node } from "../../node/node.ts";
import type { AuditKind } from "../../wire/audit_event.ts";
import type { SinceVisit } from "../../wire/since_visit.ts";

/** The kinds of events by which users change the stream. */
const CHANGES: readonly AuditKind[] = [
  ...(["start", "stop", "pause", "resume", "settings"] as const),
  ...(["retry", "clear", "undo", "process_again"] as const),
];
/** More are not counted. */
const MOST_EVENTS = 999;
/** As many as an address can filter by. */
const MOST_CAUSES = 20;

/**
 * Returns the summary since the previous visit; null on a first visit, and after it was dismissed. Throws
 * `DatabaseUnreachableError`.
 */
export async function sinceVisit(
  { database: { sql } }: Node,
  { since, seen: now }: Visit,
  processedTotal: number | undefined,
): Promise<SinceVisit | null> {
  if (since === null) return null;
  const page = { cursor: null, limit: MOST_EVENTS };
  const [before, causes, changes, losses] = await Promise.all([
    processedAt(sql, since),
    newCauses(sql, since),
    listEvents(sql, { kinds: CHANGES, since }, page),
    listEvents(sql, { kinds: ["node_lost"], since }, page),
  ]);
  const made = changes.events.filter(({ result }) => result === "succeeded");
  const span = spanSince(since, now);
  const events = (groups: readonly typeof EVENT_GROUPS[number][]) =>
    timelineHref({ ...readTimelineQuery(new URLSearchParams()), span, groups });
  return {
    since,
    now,
    processed: before === null || processedTotal === undefined
      ? null
      : Math.max(0, processedTotal - before),
    causes: { count: causes.length, href: `/failures${failuresLink({ cause: causes })}` },
    changes: {
      count: made.length,
      people: [...new Set(made.map(({ actor }) => actor.name))],
      href: events(["people", "settings", "bulk"]),
    },
    losses: { count: losses.events.length, href: events(["nodes"]) },
  };
}

/** The shortest span of the timeline that reaches back to a moment. */
function spanSince(since: number, now: number): TimelineSpan {
  const spans = Object.keys(TIMELINE_SPANS) as TimelineSpan[];
  return spans.find((span) => TIMELINE_SPANS[span] >= now - since) ?? spans.at(-1)!;
}

async function newCauses(sql: Node["database"]["sql"], since: number): Promise<string[]> {
  const seen = await causesSince(sql, since, MOST_CAUSES);
  if (seen.length === 0) return [];
  const { causes } = await listCauses(sql, { fingerprint: seen }, MOST_CAUSES);
  return causes.map(({ fingerprint }) => fingerprint);
}
