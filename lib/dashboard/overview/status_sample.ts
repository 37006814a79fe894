import { countsOf, type StreamSample } from "../../wire/stream_sample.ts";
import type { ProcessorStatus } from "../../wire/processor_status.ts";

/** Converts a status to a sample at the start of its step, in seconds. */
export function sampleOf(status: ProcessorStatus, step: number): StreamSample {
  return { at: stepOf(status.at, step), ...countsOf(status) };
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
  samples: readonly StreamSample[],
  next: StreamSample,
  from: number,
): readonly StreamSample[] {
  const last = samples.at(-1);
  if (last !== undefined && (next.at < last.at || equal(last, next))) return samples;
  const kept = last?.at === next.at ? samples.slice(0, -1) : samples.slice();
  kept.push(next);
  const first = kept.findIndex(({ at }) => at >= from);
  return kept.slice(Math.max(0, first - 1));
}

/** Resamples to longer steps, in seconds: the last sample of each wins. */
export function thinned(samples: readonly StreamSample[], step: number): readonly StreamSample[] {
  return samples.reduce<readonly StreamSample[]>(
    (thin, each) => withSample(thin, { ...each, at: stepOf(each.at, step) }, -Infinity),
    [],
  );
}

/** Whether two samples are equal; samples without changes are not kept. */
function equal(one: StreamSample, other: StreamSample): boolean {
  return (["processed", "failed", "retried", "pending", "retry", "dead"] as const)
    .every((name) => one[name] === other[name]);
}
