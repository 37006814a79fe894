import * as v from "valibot";
import type { ProcessorStatus } from "../status/processor_status.ts";

/** What the counts were at a moment: those since ever, and the queues' depths. */
export const sample = v.object({
  /** Milliseconds since the epoch, by the broker's clock. */
  at: v.number(),
  processed: v.number(),
  failed: v.number(),
  retried: v.number(),
  pending: v.number(),
  retry: v.number(),
  dead: v.number(),
});
export type Sample = v.InferOutput<typeof sample>;

/** A status as a sample, at the beginning of its step, in seconds. */
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

/** The beginning of the step, in seconds, that a moment lies in. */
export function stepOf(at: number, step: number): number {
  return Math.floor(at / 1_000 / step) * step * 1_000;
}

/**
 * The samples, oldest first, with one more: the last of a step stands, and what is older than `from` is
 * dropped but for one, from which the next counts. The samples themselves when nothing changes.
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

/** The samples at longer steps, in seconds: the last of each stands. */
export function thinned(samples: readonly Sample[], step: number): readonly Sample[] {
  return samples.reduce<readonly Sample[]>(
    (thin, each) => withSample(thin, { ...each, at: stepOf(each.at, step) }, -Infinity),
    [],
  );
}

/** Whether nothing was counted between two samples: where nothing changes, none is kept. */
function equal(one: Sample, other: Sample): boolean {
  return (["processed", "failed", "retried", "pending", "retry", "dead"] as const)
    .every((name) => one[name] === other[name]);
}
