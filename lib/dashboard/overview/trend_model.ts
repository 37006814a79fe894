import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ProcessorStatus } from "../../wire/processor_status.ts";
import { type Series, seriesOf, type Values } from "../charts/series.ts";
import { sampleOf, stepOf, withSample } from "./status_sample.ts";
import type { StreamSample } from "../../wire/stream_sample.ts";

/** The length and step of the sparklines, in seconds. */
export const TREND = { length: 300, step: 5 } as const;

/** The last minutes of each figure, for the sparklines. */
export interface TrendModel {
  readonly series: ReadonlySignal<Series>;
  /** Arrivals per second. */
  readonly arriving: ReadonlySignal<Values>;
  /** Articles in progress, since the page was opened. */
  readonly inFlight: ReadonlySignal<Values>;
  /** Adds the newest status; the lines are updated once a second. */
  note(status: ProcessorStatus): void;
}

const SHOWN_MS = 1_000;

/** @param samples The initial samples, oldest first, at the trend's step. */
export function createTrendModel(
  first: ProcessorStatus | null,
  samples: readonly StreamSample[],
): TrendModel {
  const history = signal(samples);
  const now = signal(first?.at ?? samples.at(-1)?.at ?? 0);
  const seen = signal<ReadonlyMap<number, number>>(new Map());

  function takeIn(status: ProcessorStatus) {
    const { at } = status;
    const from = at - TREND.length * 1_000;
    now.value = at;
    history.value = withSample(history.peek(), sampleOf(status, TREND.step), from);
    const recent = [...seen.peek()].filter(([moment]) => moment >= from);
    seen.value = new Map([...recent, [stepOf(at, TREND.step), status.in_flight]]);
  }

  const series = computed(() =>
    seriesOf(history.value, { ...TREND, until: now.value, now: now.value })
  );

  return {
    series,
    arriving: computed(() => arrivingOf(series.value)),
    inFlight: computed(() => series.value.at.map((at) => seen.value.get(at) ?? null)),
    note(status) {
      if (status.outages !== undefined || status.at - now.peek() < SHOWN_MS) return;
      batch(() => takeIn(status));
    },
  };
}

/** Arrivals are processed articles plus the growth of the queue. */
function arrivingOf({ values }: Series): Values {
  const queued = values.pending.map((pending, n) =>
    pending === null ? null : pending + (values.retry[n] ?? 0) + (values.dead[n] ?? 0)
  );
  return values.processed.map((processed, n) => {
    const [before, now] = [queued[n - 1] ?? null, queued[n] ?? null];
    if (processed === null || before === null || now === null) return null;
    return Math.max(0, processed + (now - before) / TREND.step);
  });
}
