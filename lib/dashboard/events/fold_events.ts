import type { AuditEvent } from "../../wire/audit_event.ts";
import { MINUTE_MS } from "./timeline_query.ts";

/** Events that a list shows as one. */
export interface FoldedEvent {
  /** The newest of them, with the counts of all. */
  event: AuditEvent;
  times: number;
  /** The id of the oldest of them. */
  oldest: number;
}

/**
 * Folds a producer's imports of one minute into one: a list of requests would hide what people did. Takes
 * and returns events newest first.
 */
export function foldEvents(events: readonly AuditEvent[]): FoldedEvent[] {
  const folded: FoldedEvent[] = [];
  for (const event of events) {
    const last = folded.at(-1);
    const sum = last === undefined ? null : sumOf(last.event, event);
    if (last === undefined || sum === null) folded.push({ event, times: 1, oldest: event.id });
    else folded[folded.length - 1] = { event: sum, times: last.times + 1, oldest: event.id };
  }
  return folded;
}

function sumOf(newer: AuditEvent, older: AuditEvent): AuditEvent | null {
  if (newer.kind !== "import" || older.kind !== "import") return null;
  const minuteOf = ({ at }: AuditEvent) => Math.floor(at / MINUTE_MS);
  const isOneProducer = newer.subject === older.subject && newer.result === older.result &&
    newer.actor.name === older.actor.name && newer.node === older.node;
  if (!isOneProducer || minuteOf(newer) !== minuteOf(older)) return null;
  const { accepted, duplicates, rejected } = newer.counts;
  const counts = {
    accepted: accepted + older.counts.accepted,
    duplicates: duplicates + older.counts.duplicates,
    rejected: rejected + older.counts.rejected,
  };
  return { ...newer, counts };
}
