import * as z from "zod/mini";
import type { ProcessorStatus } from "./processor_status.ts";

/** The stream's counts at one time. */
export const streamSample = z.object({
  /** Milliseconds since the epoch, on the broker's clock. */
  at: z.number(),
  /** Cumulative counts. */
  processed: z.number(),
  /** Failed tries. */
  failed: z.number(),
  /** Failed tries that were followed by a retry. */
  retried: z.number(),
  /** Queue depths at that time. */
  pending: z.number(),
  retry: z.number(),
  dead: z.number(),
});
export type StreamSample = z.infer<typeof streamSample>;

/** Returns the counts of a status. */
export function countsOf(status: ProcessorStatus): Omit<StreamSample, "at"> {
  return {
    processed: status.processed_total,
    failed: status.failed_total,
    retried: status.retried_total,
    pending: status.queue_pending,
    retry: status.queue_retry,
    dead: status.queue_dead,
  };
}
