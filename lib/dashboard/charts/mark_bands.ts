import type { AuditEvent } from "../../wire/audit_event.ts";

/** A period with a problem, ms since the epoch. */
export interface MarkBand {
  from: number;
  to: number;
}

/** Maps kinds of events that start a period to those that end it. */
const ENDS: Partial<Record<AuditEvent["kind"], AuditEvent["kind"]>> = {
  outage_began: "outage_ended",
  alert_raised: "alert_resolved",
};

/**
 * Returns the outages and firing alerts between two times, from events in any order. A period without a start
 * event starts at `from`; one without an end event ends at `to`.
 */
export function bandsOf(
  events: readonly Pick<AuditEvent, "kind" | "at" | "subject">[],
  from: number,
  to: number,
): MarkBand[] {
  const ordered = [...events].sort((one, other) => one.at - other.at);
  const open = new Map<string, number>();
  const bands: MarkBand[] = [];
  for (const { kind, at, subject } of ordered) {
    const begun = Object.entries(ENDS).find(([, end]) => end === kind)?.[0];
    if (kind in ENDS) {
      const name = `${kind} ${subject}`;
      if (!open.has(name)) open.set(name, at);
    } else if (begun !== undefined) {
      const name = `${begun} ${subject}`;
      bands.push({ from: open.get(name) ?? from, to: at });
      open.delete(name);
    }
  }
  for (const at of open.values()) bands.push({ from: at, to });
  return bands.filter((band) => band.to > from && band.from < to);
}
