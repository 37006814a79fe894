import type { AuditEvent } from "../../wire/audit_event.ts";
import type { Tone } from "../../wire/health/health.ts";

/** The shape of an event in a list and on a chart, which identifies its group without color. */
export type EventShape = "person" | "sliders" | "square" | "cross" | "tick" | "octagon" | "bell";

/** Returns the shape and the color of an event; a tone of null is neutral. */
export function appearanceOf(
  { kind, result }: Pick<AuditEvent, "kind" | "result">,
): { shape: EventShape; tone: Tone | null } {
  switch (kind) {
    case "node_lost":
      return { shape: "cross", tone: "danger" };
    case "node_joined":
    case "node_taken_over":
      return { shape: "tick", tone: "good" };
    case "node_left":
      return { shape: "cross", tone: null };
    case "outage_began":
    case "database_restored":
      return { shape: "octagon", tone: "danger" };
    case "outage_ended":
      return { shape: "tick", tone: "good" };
    case "alert_raised":
      return { shape: "bell", tone: "danger" };
    case "alert_resolved":
      return { shape: "bell", tone: "good" };
    case "settings":
      return { shape: "sliders", tone: null };
    case "retry":
    case "clear":
    case "undo":
      return { shape: "square", tone: null };
    default:
      return { shape: "person", tone: result === "succeeded" ? null : "warning" };
  }
}
