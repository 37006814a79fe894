import * as z from "zod/mini";
import { auditEvent } from "../../wire/audit_event.ts";
import { streamSample } from "../../wire/stream_sample.ts";
import { timing } from "../../wire/timing.ts";
import { MARK_KINDS } from "../events/mark_kinds.ts";
import { callApi } from "../requests/api.ts";

const samplesResponse = z.object({ samples: z.array(streamSample) });
const timingsResponse = z.object({ timings: z.array(timing) });
const eventsResponse = z.object({ events: z.array(auditEvent) });
/** The maximum number of marks in one chart. */
const MOST_MARKS = 100;

/** Fetches the counts of a span up to a time, ms since the epoch; up to now for null. */
export function fetchSamples(span: string, until: number | null) {
  return callApi(`/api/processor/history?span=${span}${untilQuery(until)}`, samplesResponse);
}

/** Fetches the wait and run times of articles in a span; null on failure. */
export async function fetchTimings(span: string, until: number | null) {
  const path = `/api/processor/timings?span=${span}${untilQuery(until)}`;
  const response = await callApi(path, timingsResponse);
  return response.kind === "done" ? response.data.timings : null;
}

/** Fetches the events that charts mark; null on failure, since charts are correct without marks. */
export async function fetchMarks(since: number, until: number | null) {
  const path = `/api/events?kind=${MARK_KINDS.join(",")}&since=${since}${untilQuery(until)}`;
  const response = await callApi(`${path}&limit=${MOST_MARKS}`, eventsResponse);
  return response.kind === "done" ? response.data.events : null;
}

function untilQuery(until: number | null): string {
  return until === null ? "" : `&until=${until}`;
}
