import type { AuditKind } from "../../wire/audit_event.ts";

/** The groups of events in the timeline's filter. */
export const EVENT_GROUPS = ["people", "settings", "bulk", "nodes", "outages", "alerts"] as const;
export type EventGroup = typeof EVENT_GROUPS[number];

const GROUP_OF: Readonly<Record<AuditKind, EventGroup>> = {
  sign_in: "people",
  sign_in_failed: "people",
  locked_out: "people",
  sign_out: "people",
  session_revoked: "people",
  start: "people",
  stop: "people",
  pause: "people",
  resume: "people",
  settings: "settings",
  retry: "bulk",
  clear: "bulk",
  undo: "bulk",
  import: "people",
  process_again: "people",
  export: "people",
  article_deleted: "people",
  alert_muted: "alerts",
  alert_unmuted: "alerts",
  alert_acknowledged: "alerts",
  alert_tested: "alerts",
  alert_raised: "alerts",
  alert_resolved: "alerts",
  node_joined: "nodes",
  node_left: "nodes",
  node_lost: "nodes",
  node_taken_over: "nodes",
  outage_began: "outages",
  outage_ended: "outages",
  database_restored: "outages",
};

/** Returns the kinds of event in groups. */
export function kindsIn(groups: readonly EventGroup[]): AuditKind[] {
  return (Object.keys(GROUP_OF) as AuditKind[]).filter((kind) => groups.includes(GROUP_OF[kind]));
}
