import { z } from "zod";
import {
  alertFiring,
  alertPreview,
  alertRule,
  alertTarget,
  newAlertRule,
  newAlertTarget,
} from "../../wire/alerts.ts";
import type { Operations } from "./operation.ts";

const MAX_BYTES = 16 * 1024;
const body = <Schema extends z.core.$ZodType>(schema: Schema) =>
  ({ kind: "json", schema, maxBytes: MAX_BYTES }) as const;

const { measure, threshold, for_seconds } = newAlertRule.shape;
const SECONDS = "must be a whole number from 0 to 604800";
const mute = z.strictObject({
  /** Null for every rule. */
  rule_id: z.int({ error: "must be a rule's id, or null" }).nullable(),
  seconds: z.int({ error: SECONDS }).min(0, { error: SECONDS }).max(604_800, { error: SECONDS }),
});

const created = z.object({ id: z.int() });
const TAKEN = { 409: "The name is taken" };
const NO_RULE = { 404: "There is no such rule" };
const NO_TARGET = { 404: "There is no such target" };

/** The API operations on alerts. */
export const alertOperations = {
  "GET /api/alerts": {
    summary: "Returns the rules, where they send, and what fired, newest first",
    data: z.object({
      rules: z.array(alertRule),
      targets: z.array(alertTarget),
      firings: z.array(alertFiring),
    }),
  },
  "POST /api/alerts/rules": {
    summary: "Creates a rule",
    body: body(newAlertRule),
    data: created,
    status: 201,
    refusals: TAKEN,
  },
  "PUT /api/alerts/rules/{id}": {
    summary: "Replaces a rule",
    body: body(newAlertRule),
    data: created,
    refusals: { ...NO_RULE, ...TAKEN },
  },
  "DELETE /api/alerts/rules/{id}": {
    summary: "Deletes a rule; what it fired stays in the history",
    data: created,
    refusals: NO_RULE,
  },
  "POST /api/alerts/preview": {
    summary: "Returns what a rule would have done in the past week; changes nothing",
    body: body(z.strictObject({ measure, threshold, for_seconds })),
    data: alertPreview,
  },
  "POST /api/alerts/mute": {
    summary: "Mutes a rule, or all, for some seconds; 0 ends the mute",
    body: body(mute),
    data: z.object({ count: z.int() }),
    refusals: NO_RULE,
  },
  "POST /api/alerts/firings/{id}/acknowledge": {
    summary: "Notes that somebody has seen a firing",
    data: created,
    refusals: { 404: "There is no such firing" },
  },
  "POST /api/alerts/targets": {
    summary: "Creates a target, which is a webhook",
    body: body(newAlertTarget),
    data: created,
    status: 201,
    refusals: TAKEN,
  },
  "DELETE /api/alerts/targets/{id}": {
    summary: "Deletes a target",
    data: created,
    refusals: NO_TARGET,
  },
  "POST /api/alerts/targets/{id}/test": {
    summary: "Sends a test to a target and returns the result",
    data: z.object({
      delivered: z.boolean(),
      status: z.int().nullable(),
      error: z.string().nullable(),
      ms: z.number(),
    }),
    refusals: NO_TARGET,
  },
} satisfies Operations;
