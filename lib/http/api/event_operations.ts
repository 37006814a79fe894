import { z } from "zod";
import { auditEvent } from "../../wire/audit_event.ts";
import { eventQuery } from "../events/event_query.ts";
import { paging } from "../paging.ts";
import type { Operations } from "./operation.ts";

/** The API operations on the audit log. */
export const eventOperations = {
  "GET /api/events": {
    summary: "Lists what people and nodes did, newest first",
    query: z.strictObject({ ...paging, ...eventQuery }),
    data: z.object({ events: z.array(auditEvent), next: z.int().nullable() }),
  },
  "GET /api/events/export": {
    summary: "Returns all events that match as JSON lines, newest first",
    query: z.strictObject(eventQuery),
    data: auditEvent,
    mediaType: "application/x-ndjson",
  },
} satisfies Operations;
