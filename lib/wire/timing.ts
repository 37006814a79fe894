import * as z from "zod/mini";

/** Percentiles in seconds; null: no article. */
const percentiles = z.nullable(z.object({ p50: z.number(), p95: z.number(), p99: z.number() }));

/** How long the articles of one step waited until they were loaded, and were processed until settled. */
export const timing = z.object({
  /** The beginning of the step, ms since the epoch. */
  at: z.number(),
  wait: percentiles,
  run: percentiles,
});
export type Timing = z.infer<typeof timing>;
export type Percentiles = NonNullable<Timing["wait"]>;
