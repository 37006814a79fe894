import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import * as v from "valibot";
import type { ProcessorStatus } from "../status/processor_status.ts";
import { callApi, type Failure } from "./api.ts";
import { type Sample, sample, sampleOf, stepOf, withSample } from "./sample.ts";
import { type Series, seriesOf } from "./series.ts";

/** The spans that the charts can show. */
export const SPAN_NAMES = ["5m", "1h", "24h", "7d"] as const;
export type SpanName = typeof SPAN_NAMES[number];

export function isSpanName(value: unknown): value is SpanName {
  return SPAN_NAMES.some((name) => name === value);
}

/** How much of the time each shows, how finely, and how far back it goes; in seconds. */
export type Spans = Readonly<Record<SpanName, { length: number; step: number; kept: number }>>;

/** A part of the history: what a page is made with. */
export interface HistoryView {
  span: SpanName;
  /** The last moment shown, ms since the epoch; null: now, and it goes on. */
  until: number | null;
  samples: readonly Sample[];
  /** What time it is, by the samples' clock. */
  now: number;
}

/** What the charts show: a span of the history that ends now and grows, or one that has passed. */
export interface HistoryModel {
  readonly span: ReadonlySignal<SpanName>;
  readonly until: ReadonlySignal<number | null>;
  readonly series: ReadonlySignal<Series>;
  readonly loading: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** How much is shown, in seconds. */
  readonly length: ReadonlySignal<number>;
  /** The last moment shown, by the samples' clock. */
  readonly end: ReadonlySignal<number>;
  /** Shows a span up to a moment; a moment that has yet to come means now. */
  show(span: SpanName, until: number | null): Promise<void>;
  /** Takes the newest counts in; the series follows once a second. */
  note(status: ProcessorStatus): void;
}

const answer = v.object({ samples: v.array(sample) });
const DRAWN_SECONDS = 1;

export function createHistoryModel(spans: Spans, first: HistoryView): HistoryModel {
  const span = signal(first.span);
  const until = signal(first.until);
  const samples = signal(first.samples);
  const now = signal(first.now);
  const loading = signal(false);
  const failure = signal<Failure | null>(null);
  let newest: ProcessorStatus | null = null;
  let asked = 0;

  const series = computed(() =>
    seriesOf(samples.value, {
      ...spans[span.value],
      until: until.value ?? now.value,
      now: now.value,
    })
  );

  function takeIn(status: ProcessorStatus) {
    const { length, step } = spans[span.peek()];
    now.value = status.at;
    if (until.peek() !== null) return;
    const from = status.at - length * 1_000;
    samples.value = withSample(samples.peek(), sampleOf(status, step), from);
  }

  return {
    span,
    until,
    series,
    loading,
    failure,
    length: computed(() => spans[span.value].length),
    end: computed(() => until.value ?? now.value),
    async show(wanted, moment) {
      const { kept } = spans[wanted];
      const past = moment === null || moment >= now.peek()
        ? null
        : Math.max(Math.round(moment), now.peek() - kept * 1_000);
      const mine = ++asked;
      loading.value = true;
      const query = past === null ? "" : `&until=${past}`;
      const got = await callApi(`/api/processor/history?span=${wanted}${query}`, answer);
      // Whoever asks again while this was under way wants that, not this.
      if (mine !== asked) return;
      batch(() => {
        loading.value = false;
        failure.value = got.kind === "failed" ? got.failure : null;
        if (got.kind === "failed") return;
        span.value = wanted;
        until.value = past;
        samples.value = got.data.samples;
        if (newest !== null) takeIn(newest);
      });
    },
    note(status) {
      if (status.outages !== undefined) return;
      newest = status;
      if (stepOf(status.at, DRAWN_SECONDS) <= stepOf(now.peek(), DRAWN_SECONDS)) return;
      batch(() => takeIn(status));
    },
  };
}
