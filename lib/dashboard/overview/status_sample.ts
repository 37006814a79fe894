import * as z from "zod/mini";
import type { ProcessorStatus } from "../../wire/processor_status.ts";

/** The counts at one time: cumulative ones, and the queues' depths. */
export const sample = z.object({
  /** Milliseconds since the epoch, on the broker's clock. */
  at: z.number(),
  processed: z.number(),
  failed: z.number(),
  retried: z.number(),
  pending: z.number(),
  retry: z.number(),
  dead: z.number(),
});
export type Sample = z.infer<typeof sample>;

/** Converts a status to a sample at the start of its step, in seconds. */
export function sampleOf(status: ProcessorStatus, step: number): Sample {
  return {
    at: stepOf(status.at, step),
    processed: status.processed_total,
    failed: status.failed_total,
    retried: status.retried_total,
    pending: status.queue_pending,
    retry: status.queue_retry,
    dead: status.queue_dead,
  };
}

/** Returns the start of a time's step of this many seconds. */
export function stepOf(at: number, step: number): number {
  return Math.floor(at / 1_000 / step) * step * 1_000;
}

/**
 * Returns the samples, oldest first, with one appended: the last of a step wins, and samples before `from` are
 * dropped except one, the baseline of the next. Returns the same array if nothing changes.
 */
export function withSample(
  samples: readonly Sample[],
  next: Sample,
  from: number,
): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && (next.at < last.at || equal(last, next))) return samples;
  const kept = last?.at === next.at ? samples.slice(0, -1) : samples.slice();
  kept.push(next);
  const first = kept.findIndex(({ at }) => at >= from);
  return kept.slice(Math.max(0, first - 1));
}

/** Resamples to longer steps, in seconds: the last sample of each wins. */
export function thinned(samples: readonly Sample[], step: number): readonly Sample[] {
  return samples.reduce<readonly Sample[]>(
    (thin, each) => withSample(thin, { ...each, at: stepOf(each.at, step) }, -Infinity),
    [],
  );
}

/** Whether two samples are equal; samples without changes are not kept. */
function equal(one: Sample, other: Sample): boolean {
  return (["processed", "failed", "retried", "pending", "retry", "dead"] as const)
    .every((name) => one[name] === other[name]);
}
