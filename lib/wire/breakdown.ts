import * as z from "zod/mini";
import { timing } from "./timing.ts";

/** By what the charts can be broken down. */
export const BREAKDOWNS = ["node", "group"] as const;
export type Breakdown = typeof BREAKDOWNS[number];

export function isBreakdown(value: unknown): value is Breakdown {
  return BREAKDOWNS.some((by) => by === value);
}

/** A value for each step, oldest first; null where it is not known. */
const values = z.array(z.nullable(z.number()));
const percentiles = timing.shape.wait;

/** The counts of one node or group in each step of a span, and in total. */
const breakdownPart = z.object({
  name: z.string(),
  /** Articles processed, and tries failed, in each step. */
  processed: values,
  failed: values,
  /** The 95th percentile in each step, in seconds; nulls for a group. */
  wait: values,
  run: values,
  total: z.object({
    processed: z.number(),
    failed: z.number(),
    wait: percentiles,
    run: percentiles,
  }),
});
export type BreakdownPart = z.infer<typeof breakdownPart>;

/** A span of the charts by node or by group. */
export const breakdownView = z.object({
  by: z.enum(BREAKDOWNS),
  /** The beginning of the first step, ms since the epoch. */
  from: z.number(),
  step_seconds: z.number(),
  /** The chosen ones, else the busiest ones, busiest first. */
  parts: z.array(breakdownPart),
  /** Everything else, summed; null when there is nothing else. */
  others: z.nullable(breakdownPart),
  /** The names of those with something in the span, busiest first. */
  names: z.array(z.string()),
});
export type BreakdownView = z.infer<typeof breakdownView>;
