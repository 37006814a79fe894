import * as v from "valibot";

/** A node as viewers see it. Extra fields of its detail pass through. */
export const nodeStatus = v.looseObject({
  node: v.string(),
  role: v.picklist(["all", "web", "worker"]),
  running: v.boolean(),
  workers: v.number(),
  in_flight: v.number(),
  speed: v.number(),
  /** Milliseconds since the epoch, by the broker's clock. */
  seen_at: v.number(),
  lost: v.boolean(),
});

/**
 * The state of the whole system in one message: the nine fields of the contract, always all there,
 * then what was added since.
 */
export const processorStatus = v.object({
  running: v.boolean(),
  workers: v.number(),
  queue_pending: v.number(),
  queue_retry: v.number(),
  queue_dead: v.number(),
  processed_total: v.number(),
  processed_today: v.number(),
  /** Articles a second over the last seconds, two decimals. */
  speed: v.number(),
  last_error: v.nullable(v.string()),
  in_flight: v.number(),
  failed_total: v.number(),
  retried_total: v.number(),
  avg_processing_ms: v.number(),
  nodes: v.array(nodeStatus),
  /** What the sender cannot reach now; the other fields are then the last that were known. */
  outages: v.optional(v.array(v.picklist(["broker", "database"]))),
  /** Rises by one with each published status. */
  seq: v.number(),
  /** When the status was assembled, ms since the epoch, by the broker's clock. */
  at: v.number(),
});

export type ProcessorStatus = v.InferOutput<typeof processorStatus>;
export type NodeStatus = v.InferOutput<typeof nodeStatus>;

/** Parses one message of `processor:status:realtime`; throws a `ValiError` on anything else. */
export function parseProcessorStatus(json: string): ProcessorStatus {
  return v.parse(processorStatus, JSON.parse(json));
}
