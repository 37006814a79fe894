import * as z from "zod/mini";

/** The measures that a rule can watch, with the unit of the threshold. */
export const ALERT_MEASURES = {
  dead_letters: { unit: "articles", inHistory: true },
  backlog: { unit: "articles", inHistory: true },
  failure_rate: { unit: "percent", inHistory: true },
  oldest_wait: { unit: "seconds", inHistory: false },
  stuck: { unit: "seconds", inHistory: false },
  nodes_lost: { unit: "nodes", inHistory: false },
  difference: { unit: "articles", inHistory: false },
  unavailable: { unit: "servers", inHistory: false },
} as const satisfies Record<string, { unit: string; inHistory: boolean }>;

export type AlertMeasure = keyof typeof ALERT_MEASURES;
export const alertMeasure = z.enum(
  Object.keys(ALERT_MEASURES) as [AlertMeasure, ...AlertMeasure[]],
  {
    error: `must be one of ${Object.keys(ALERT_MEASURES).join(", ")}`,
  },
);

/** Rejects what Postgres cannot store, and invisible characters. */
const printable = z.refine<string>(
  // deno-lint-ignore no-control-regex -- control characters are what it looks for
  (text) => text.isWellFormed() && !/[\x00-\x1f\x7f]/.test(text),
  { error: "must not hold control characters or half a surrogate pair" },
);
const name = z.string({ error: "must be text" }).check(
  z.trim(),
  printable,
  z.minLength(1, { error: "must not be empty" }),
  z.maxLength(100, { error: "must have at most 100 characters" }),
);
const bounded = (least: number, most: number) => {
  const error = `must be a number from ${least} to ${most}`;
  return z.number({ error }).check(z.gte(least, { error }), z.lte(most, { error }));
};
const flag = z.boolean({ error: "must be true or false" });
const idList = z.array(z.int({ error: "must be a target's id" }), {
  error: "must be a list of ids of targets",
}).check(z.maxLength(20, { error: "must hold at most 20 targets" }));

/** The longest that a rule can wait on lost nodes, in seconds: a lost node leaves the list after a minute. */
const LONGEST_LOST_S = 45;

const ruleFields = z.strictObject({
  name,
  measure: alertMeasure,
  /** The rule fires above it. */
  threshold: bounded(0, 1e12),
  /** How long the measure has to exceed it. */
  for_seconds: bounded(0, 86_400),
  target_ids: idList,
  /** Whether open dashboards also show a notification. */
  browser: flag,
  notify_resolved: flag,
  enabled: flag,
});

/** A rule as input. */
export const newAlertRule = ruleFields.check(
  z.refine(
    ({ measure, for_seconds }) => measure !== "nodes_lost" || for_seconds <= LONGEST_LOST_S,
    {
      path: ["for_seconds"],
      error:
        `must be at most ${LONGEST_LOST_S} for nodes_lost: a lost node leaves the list after a minute`,
    },
  ),
);
export type NewAlertRule = z.infer<typeof newAlertRule>;

const moment = z.nullable(z.number());

export const alertRule = z.extend(ruleFields, {
  id: z.number(),
  /** Milliseconds since the epoch; null: not muted. */
  muted_until: moment,
  last_fired_at: moment,
  firing: z.boolean(),
});
export type AlertRule = z.infer<typeof alertRule>;

export const TARGET_KINDS = ["webhook", "slack", "feishu", "dingtalk", "wecom"] as const;

/** A target of alerts as input. */
export const newAlertTarget = z.strictObject({
  name,
  kind: z.enum(TARGET_KINDS, { error: `must be one of ${TARGET_KINDS.join(", ")}` }),
  url: z.string({ error: "must be text" }).check(
    z.maxLength(2_000, { error: "must have at most 2,000 characters" }),
    z.refine((url) => /^https?:\/\//.test(url) && URL.canParse(url), {
      error: "must be an http or https address",
    }),
    printable,
  ),
  /** The key of the message signature; null: unsigned. */
  secret: z.nullable(
    z.string({ error: "must be text, or null" }).check(
      z.minLength(1, { error: "must not be empty; use null for no value" }),
      z.maxLength(500, { error: "must have at most 500 characters" }),
      printable,
    ),
  ),
  language: z.enum(["zh", "en"], { error: "must be zh or en" }),
});
export type NewAlertTarget = z.infer<typeof newAlertTarget>;

/** A target as output: only the host of its URL, since the rest is a secret. */
export const alertTarget = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(TARGET_KINDS),
  host: z.string(),
  signed: z.boolean(),
  language: z.enum(["zh", "en"]),
});
export type AlertTarget = z.infer<typeof alertTarget>;

export const alertFiring = z.object({
  id: z.number(),
  /** Null when the rule has been deleted. */
  rule_id: z.nullable(z.number()),
  rule_name: z.string(),
  measure: alertMeasure,
  threshold: z.number(),
  /** The value when it fired, and the highest since. */
  value: z.number(),
  peak: z.number(),
  began_at: z.number(),
  ended_at: moment,
  acknowledged_at: moment,
  acknowledged_by: z.nullable(z.string()),
  deliveries: z.array(z.object({
    target: z.string(),
    event: z.enum(["fired", "resolved"]),
    tries: z.number(),
    delivered_at: moment,
    /** Whether another try will follow. */
    pending: z.boolean(),
    /** When it will, ms since the epoch. */
    next_try_at: moment,
    status: z.nullable(z.number()),
    error: z.nullable(z.string()),
  })),
});
export type AlertFiring = z.infer<typeof alertFiring>;

/** The number of times that a rule would have fired in the past week. */
export const alertPreview = z.object({
  /** False for a measure without history. */
  known: z.boolean(),
  /** The time of the oldest data, ms since the epoch, which may be within the week; null without data. */
  since: moment,
  firings: z.array(z.object({ began_at: z.number(), ended_at: moment, peak: z.number() })),
  /** The measure over the week, oldest first. */
  points: z.array(z.object({ at: z.number(), value: z.number() })),
});
export type AlertPreview = z.infer<typeof alertPreview>;
