import type { OutageChange } from "../runtime/outages.ts";
import type { AuditEntry } from "../wire/audit_event.ts";

/** The event of an outage that began or ended. */
export function outageEvent(change: OutageChange): AuditEntry {
  const subject = change.server;
  if (change.kind === "began") return { kind: "outage_began", subject, counts: {} };
  return { kind: "outage_ended", subject, counts: { seconds: Math.round(change.seconds) } };
}
