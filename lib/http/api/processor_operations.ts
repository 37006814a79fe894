import { z } from "zod";
import { SPANS } from "../../database/chart_history.ts";
import { streamSample } from "../../wire/stream_sample.ts";
import { settingsPreview, settingsView } from "../../dashboard/settings/settings_view.ts";
import { HEALTH_STATES } from "../../wire/health/health.ts";
import { MOST_NODES_A_PAGE, nodePage, NODES_A_PAGE } from "../../wire/node_page.ts";
import { processorStatus } from "../../wire/processor_status.ts";
import { BREAKDOWNS, breakdownView } from "../../wire/breakdown.ts";
import { timing } from "../../wire/timing.ts";
import { processorSettings, settingsChange, settingsPatch } from "../../wire/settings.ts";
import { errorCode } from "../failures/with_error_code.ts";
import { queryMoment, queryNumber } from "../paging.ts";
import { searchText } from "../search_text.ts";
import type { Operations } from "./operation.ts";

const SPAN_NAMES = Object.keys(SPANS) as (keyof typeof SPANS)[];

/** A span of the charts, up to a time. */
const spanQuery = z.strictObject({
  span: z.enum(SPAN_NAMES, { error: `must be one of ${SPAN_NAMES.join(", ")}` }),
  until: queryMoment.optional(),
});
/** The nodes or groups that one response covers. */
const MOST_CHOSEN = 6;
/** The longest name of a node. */
const LONGEST_NAME = 200;
/** Large enough for a thousand phrases of a hundred characters. */
const SETTINGS_BYTES = 1024 * 1024;

const settingsBody = { kind: "json", schema: settingsPatch, maxBytes: SETTINGS_BYTES } as const;
/** The health with the figures of its sentence, which depend on the state. */
const health = z.looseObject({ state: z.enum(HEALTH_STATES) });
const moved = z.object({ count: z.int(), operation: z.int() });
const desiredState = z.object({ enabled: z.boolean() });
const pausedNode = z.object({ node: z.string(), paused: z.boolean() });
const BROKER_OR_DATABASE = { 503: "The broker or the database is away; nothing was done" };

/** The API operations on the stream. */
export const processorOperations = {
  "GET /api/processor/status": {
    summary: "Returns the state of the whole system at this moment",
    data: z.object({
      ...processorStatus.shape,
      last_error_code: errorCode.code,
      last_error_parameters: errorCode.parameters,
      health,
    }),
  },
  "GET /api/processor/stats": {
    summary: "Returns the totals over all nodes and days",
    data: z.object({
      total_processed: z.int(),
      total_failed: z.int(),
      total_retried: z.int(),
      avg_processing_ms: z.number(),
      updated_at: z.iso.datetime().nullable(),
    }),
  },
  "GET /api/processor/config": {
    summary: "Returns the settings",
    data: processorSettings,
  },
  "PUT /api/processor/config": {
    summary: "Changes some settings, all of them or none, on every node; returns all settings",
    body: { ...settingsBody, schema: settingsChange },
    data: processorSettings,
    refusals: { 409: "A value in base is no longer current; nothing was changed" },
  },
  "GET /api/processor/changes": {
    summary: "Returns the settings, a version of them, and the last 50 changes",
    data: settingsView,
  },
  "POST /api/processor/preview": {
    summary: "Returns what a change would do to the newest articles; changes nothing",
    body: settingsBody,
    data: settingsPreview,
  },
  "POST /api/processor/start": {
    summary: "Starts the stream on every node, also on one that joins later",
    data: desiredState,
    refusals: BROKER_OR_DATABASE,
  },
  "POST /api/processor/stop": {
    summary: "Stops the stream on every node, also on one that joins later",
    data: desiredState,
    refusals: BROKER_OR_DATABASE,
  },
  "GET /api/processor/nodes": {
    summary: "Returns the nodes by name, page by page; a status lists only some",
    query: z.strictObject({
      after: searchText().pipe(
        z.string().max(LONGEST_NAME, { error: `must have at most ${LONGEST_NAME} characters` }),
      ).optional(),
      limit: queryNumber(1, MOST_NODES_A_PAGE).default(NODES_A_PAGE),
    }),
    data: nodePage,
  },
  "POST /api/processor/nodes/{node}/{action}": {
    summary: "Pauses one node, which then leaves what is pending to the others, or resumes it",
    data: pausedNode,
    refusals: {
      404: "There is no such node, or action is neither pause nor resume",
      409: "The node is lost",
    },
  },
  "POST /api/processor/retry-all": {
    summary:
      "Moves every article that waits for its next try back to pending and forgets its tries",
    data: moved,
  },
  "DELETE /api/processor/dead-queue": {
    summary: "Clears every dead letter; it can be undone for ten minutes",
    data: moved,
  },
  "GET /api/processor/history": {
    summary: "Returns the samples of one span of the charts, oldest first",
    query: spanQuery,
    data: z.object({
      span: z.enum(SPAN_NAMES),
      step_seconds: z.int(),
      samples: z.array(streamSample),
    }),
  },
  "GET /api/processor/breakdown": {
    summary: "Returns what each node or group did in each step of one span of the charts",
    query: spanQuery.extend({
      by: z.enum(BREAKDOWNS, { error: "must be node or group" }),
      of: z.array(searchText())
        .max(MOST_CHOSEN, { error: `must hold at most ${MOST_CHOSEN} names` })
        .optional(),
    }),
    data: z.object({ span: z.enum(SPAN_NAMES), ...breakdownView.shape }),
  },
  "GET /api/processor/timings": {
    summary: "Returns how long articles waited and ran in one span of the charts, oldest first",
    query: spanQuery,
    data: z.object({
      span: z.enum(SPAN_NAMES),
      step_seconds: z.int(),
      timings: z.array(timing),
    }),
  },
} satisfies Operations;
