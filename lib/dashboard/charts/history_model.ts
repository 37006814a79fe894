import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ProcessorStatus } from "../../wire/processor_status.ts";
import type { AuditEvent } from "../../wire/audit_event.ts";
import type { Timing } from "../../wire/timing.ts";
import type { Failure } from "../requests/api.ts";
import { sampleOf, stepOf, withSample } from "../overview/status_sample.ts";
import type { StreamSample } from "../../wire/stream_sample.ts";
import { fetchMarks, fetchSamples, fetchTimings } from "./fetch_history.ts";
import { type Series, seriesOf } from "./series.ts";

/** The spans of the charts. */
export const SPAN_NAMES = ["5m", "1h", "24h", "7d"] as const;
export type SpanName = typeof SPAN_NAMES[number];
/** The default span. */
export const DEFAULT_SPAN: SpanName = "5m";

export function isSpanName(value: unknown): value is SpanName {
  return SPAN_NAMES.some((name) => name === value);
}

/** A span in seconds: its length, the intervals of samples and points, and the retention. */
export interface SpanShape {
  length: number;
  step: number;
  drawn: number;
  kept: number;
}
export type Spans = Readonly<Record<SpanName, SpanShape>>;

/** A part of the history, with which a page is rendered. */
export interface HistoryView {
  span: SpanName;
  /** The end of the view, ms since the epoch; null for now, which advances. */
  until: number | null;
  samples: readonly StreamSample[];
  /** The wait and run times of articles in the span. */
  timings: readonly Timing[];
  /** The events in the span, newest first. */
  marks: readonly AuditEvent[];
  /** The current time, on the samples' clock. */
  now: number;
}

/** The displayed history: a span that ends now and advances, or a past one. */
export interface HistoryModel {
  readonly span: ReadonlySignal<SpanName>;
  readonly until: ReadonlySignal<number | null>;
  readonly series: ReadonlySignal<Series>;
  readonly marks: ReadonlySignal<readonly AuditEvent[]>;
  readonly loading: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** The displayed duration, in seconds. */
  readonly length: ReadonlySignal<number>;
  /** The end of the view, on the samples' clock. */
  readonly end: ReadonlySignal<number>;
  /** The time of the newest report, on the samples' clock; later data is unknown. */
  readonly known: ReadonlySignal<number>;
  /** Shows a span up to a time; a future time means now. */
  show(span: SpanName, until: number | null): Promise<void>;
  /** Adds the newest counts; the series is updated once a second. */
  note(status: ProcessorStatus): void;
  /** Called with the age of the newest status in ms, to advance the time without reports. */
  age(ms: number): void;
  /** Fetches what statuses do not contain: the events and timings of the span. */
  refresh(): Promise<void>;
}

/** The step of the drawn time, in seconds. */
const DRAWN_SECONDS = 1;

export function createHistoryModel(spans: Spans, first: HistoryView): HistoryModel {
  const span = signal(first.span);
  const until = signal(first.until);
  const samples = signal(first.samples);
  const marks = signal(first.marks);
  const timings = signal(first.timings);
  const known = signal(first.now);
  const ageMs = signal(0);
  const now = computed(() => known.value + ageMs.value);
  const loading = signal(false);
  const failure = signal<Failure | null>(null);
  let newest: ProcessorStatus | null = null;
  let latestRequest = 0;

  const series = computed(() => {
    const { length, drawn } = spans[span.value];
    return seriesOf(samples.value, {
      length,
      step: drawn,
      until: until.value ?? now.value,
      now: now.value,
      known: known.value,
    }, timings.value);
  });

  const marksOf = (wanted: SpanName, moment: number | null) =>
    fetchMarks(Math.round((moment ?? now.peek()) - spans[wanted].length * 1_000), moment);

  function addSample(status: ProcessorStatus) {
    const { length, step } = spans[span.peek()];
    known.value = status.at;
    if (until.peek() !== null) return;
    const from = status.at - length * 1_000;
    samples.value = withSample(samples.peek(), sampleOf(status, step), from);
  }

  return {
    span,
    until,
    series,
    marks,
    known,
    loading,
    failure,
    length: computed(() => spans[span.value].length),
    end: computed(() => until.value ?? now.value),
    async show(wanted, moment) {
      const { kept } = spans[wanted];
      const past = moment === null || moment >= now.peek()
        ? null
        : Math.max(Math.round(moment), now.peek() - kept * 1_000);
      const request = ++latestRequest;
      loading.value = true;
      const [got, events, times] = await Promise.all([
        fetchSamples(wanted, past),
        marksOf(wanted, past),
        fetchTimings(wanted, past),
      ]);
      // A later request has superseded this one.
      if (request !== latestRequest) return;
      batch(() => {
        loading.value = false;
        failure.value = got.kind === "failed" ? got.failure : null;
        if (got.kind === "failed") return;
        span.value = wanted;
        until.value = past;
        samples.value = got.data.samples;
        timings.value = times ?? [];
        if (events !== null) marks.value = events;
        if (newest !== null) addSample(newest);
      });
    },
    note(status) {
      if (status.outages !== undefined) return;
      const last = newest;
      newest = status;
      if (stepOf(status.at, DRAWN_SECONDS) <= stepOf(known.peek(), DRAWN_SECONDS)) return;
      batch(() => {
        // The last counts of a second win.
        if (last !== null) addSample(last);
        addSample(status);
      });
    },
    age(ms) {
      ageMs.value = ms;
    },
    async refresh() {
      const request = latestRequest;
      const view = [span.peek(), until.peek()] as const;
      const [events, times] = await Promise.all([marksOf(...view), fetchTimings(...view)]);
      if (request !== latestRequest) return;
      batch(() => {
        if (events !== null) marks.value = events;
        if (times !== null) timings.value = times;
      });
    },
  };
}
