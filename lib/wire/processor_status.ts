import * as z from "zod/mini";
import { clusterSums } from "./cluster_sums.ts";
import { nodeSums } from "./node_sums.ts";

/** A node as viewers see it. Extra fields pass through. */
export const nodeStatus = z.looseObject({
  node: z.string(),
  role: z.enum(["all", "web", "worker"]),
  running: z.boolean(),
  workers: z.number(),
  /** Articles taken and not settled; for a lost node, the rest of its active set. */
  in_flight: z.number(),
  speed: z.number(),
  /** Milliseconds since the epoch, on the broker's clock. */
  seen_at: z.number(),
  lost: z.boolean(),
  /** When another node rescues a lost node's articles, ms since the epoch; null: it has none. */
  lease_until: z.optional(z.nullable(z.number())),
  /** Workers that the node has replaced since its start; undefined for a web node. */
  restarts: z.optional(z.number()),
  /** How far the machine's clock is ahead of the database's, in ms (negative: behind); null within 3 s. */
  clock_off_ms: z.optional(z.nullable(z.number())),
});

/**
 * The state of the whole system in one message: the nine fields of the contract, always present,
 * then later additions. Fields with a default are missing from the status of an older node.
 */
export const processorStatus = z.object({
  running: z.boolean(),
  workers: z.number(),
  queue_pending: z.number(),
  queue_retry: z.number(),
  queue_dead: z.number(),
  processed_total: z.number(),
  /** On the current day in `time_zone`. */
  processed_today: z.number(),
  /** Articles per second over the last seconds, two decimals. */
  speed: z.number(),
  last_error: z.nullable(z.string()),
  /** Articles taken and not settled, those of lost nodes included. */
  in_flight: z.number(),
  /** The IANA name of the time zone whose day `processed_today` counts. */
  time_zone: z._default(z.string(), "UTC"),
  /** The part of `in_flight` of lost nodes whose leases have not expired. */
  held_by_lost: z._default(z.number(), 0),
  ...nodeSums,
  /** Tries that failed, the last ones of dead letters included. */
  failed_total: z.number(),
  /** Failed tries that were followed by another. */
  retried_total: z.number(),
  avg_processing_ms: z.number(),
  /** Sums over all nodes. */
  cluster: z.optional(clusterSums),
  /** At most 50 nodes, by name: when there are more, those that need attention first. */
  nodes: z.array(nodeStatus),
  /** The last comparison of the unfinished articles in the database with the queue. */
  comparison: z.optional(z.object({
    /** Milliseconds since the epoch. */
    at: z.number(),
    database: z.number(),
    queue: z.number(),
    /** Articles that the queue lacked; they were placed again. */
    missing: z.number(),
  })),
  /** The servers that the sender cannot reach; the other fields are then the last known ones. */
  outages: z.optional(z.array(z.enum(["broker", "database"]))),
  /** Rises by one with each published status. */
  seq: z.number(),
  /** When the status was assembled, ms since the epoch, on the broker's clock. */
  at: z.number(),
});

export type ProcessorStatus = z.infer<typeof processorStatus>;
export type NodeStatus = z.infer<typeof nodeStatus>;

/** Parses one message of `processor:status:realtime`; throws a `ZodError` on anything else. */
export function parseProcessorStatus(json: string): ProcessorStatus {
  return processorStatus.parse(JSON.parse(json));
}
