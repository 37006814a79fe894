import { EVENT_GROUPS, type EventGroup } from "./event_group.ts";
import { urlMoment, wholeNumber } from "../shell/whole_number.ts";

/** The spans of the timeline, in ms. */
export const TIMELINE_SPANS = { "1h": 3_600_000, "24h": 86_400_000, "7d": 604_800_000 } as const;
export type TimelineSpan = keyof typeof TIMELINE_SPANS;

/** The query of the timeline. */
export interface TimelineQuery {
  span: TimelineSpan;
  /** The end of the view, ms since the epoch; null for now. */
  until: number | null;
  /** Empty for all. */
  groups: readonly EventGroup[];
  /** A name; empty for anyone. */
  actor: string;
  node: string;
  /** The start of the opened minute, ms since the epoch. */
  minute: number | null;
  /** The cursor of the list; null for the newest. */
  cursor: number | null;
}

export const MINUTE_MS = 60_000;

/** Parses a URL's query; ignores invalid values. */
export function readTimelineQuery(query: URLSearchParams): TimelineQuery {
  const span = query.get("span") ?? "";
  const chosen = query.getAll("group");
  const minute = urlMoment(query.get("minute"));
  return {
    span: Object.hasOwn(TIMELINE_SPANS, span) ? span as TimelineSpan : "1h",
    until: urlMoment(query.get("until")),
    groups: EVENT_GROUPS.filter((group) => chosen.includes(group)),
    actor: query.get("actor") ?? "",
    node: query.get("node") ?? "",
    minute: minute === null ? null : minute - minute % MINUTE_MS,
    cursor: wholeNumber(query.get("cursor")),
  };
}

/** Returns the URL for a query with changes. */
export function timelineHref(query: TimelineQuery, change: Partial<TimelineQuery> = {}): string {
  const { span, until, groups, actor, node, minute, cursor } = {
    ...query,
    cursor: null,
    ...change,
  };
  const params = new URLSearchParams();
  if (span !== "1h") params.set("span", span);
  if (until !== null) params.set("until", String(until));
  for (const group of groups) params.append("group", group);
  if (actor !== "") params.set("actor", actor);
  if (node !== "") params.set("node", node);
  if (minute !== null) params.set("minute", String(minute));
  if (cursor !== null) params.set("cursor", String(cursor));
  return params.size === 0 ? "/events" : `/events?${params}`;
}
