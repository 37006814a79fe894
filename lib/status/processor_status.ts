// As a namespace: of the other form a bundler keeps every locale, and browsers load this.
import * as z from "zod/mini";

/** A node as viewers see it. Extra fields of its detail pass through. */
export const nodeStatus = z.looseObject({
  node: z.string(),
  role: z.enum(["all", "web", "worker"]),
  running: z.boolean(),
  workers: z.number(),
  in_flight: z.number(),
  speed: z.number(),
  /** Milliseconds since the epoch, by the broker's clock. */
  seen_at: z.number(),
  lost: z.boolean(),
});

/**
 * The state of the whole system in one message: the nine fields of the contract, always all there,
 * then what was added since.
 */
export const processorStatus = z.object({
  running: z.boolean(),
  workers: z.number(),
  queue_pending: z.number(),
  queue_retry: z.number(),
  queue_dead: z.number(),
  processed_total: z.number(),
  processed_today: z.number(),
  /** Articles a second over the last seconds, two decimals. */
  speed: z.number(),
  last_error: z.nullable(z.string()),
  in_flight: z.number(),
  failed_total: z.number(),
  retried_total: z.number(),
  avg_processing_ms: z.number(),
  nodes: z.array(nodeStatus),
  /** What the sender cannot reach now; the other fields are then the last that were known. */
  outages: z.optional(z.array(z.enum(["broker", "database"]))),
  /** Rises by one with each published status. */
  seq: z.number(),
  /** When the status was assembled, ms since the epoch, by the broker's clock. */
  at: z.number(),
});

export type ProcessorStatus = z.infer<typeof processorStatus>;
export type NodeStatus = z.infer<typeof nodeStatus>;

/** Parses one message of `processor:status:realtime`; throws a `ZodError` on anything else. */
export function parseProcessorStatus(json: string): ProcessorStatus {
  return processorStatus.parse(JSON.parse(json));
}
