import type { EventDetails, EventRecorder } from "../../lib/database/event_recorder.ts";
import type { AuditEntry } from "../../lib/wire/audit_event.ts";

/** An event recorder that keeps events in memory. */
export interface RecordedEvents extends Pick<EventRecorder, "record"> {
  readonly recorded: (AuditEntry & { details: EventDetails })[];
}

export function recordedEvents(): RecordedEvents {
  const recorded: RecordedEvents["recorded"] = [];
  return {
    recorded,
    record(entry, details = {}) {
      recorded.push({ ...entry, details });
      return Promise.resolve();
    },
  };
}
