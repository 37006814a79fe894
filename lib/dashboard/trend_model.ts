import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import * as v from "valibot";
import type { ProcessorStatus } from "../status/processor_status.ts";
import { type Outlook, outlookOf } from "./outlook.ts";
import { type Sample, sampleOf, stepOf, withSample } from "./sample.ts";
import { type Series, seriesOf, type Values } from "./series.ts";
import { type StageTimes, stageTimes, timeSpent } from "./stages.ts";
import type { StatusModel } from "./status_model.ts";

/** The last minutes, as the cards show them: in seconds. */
export const TREND = { length: 300, step: 5 } as const;

/** Where the last minutes led, and so what is to be expected. */
export interface TrendModel {
  readonly series: ReadonlySignal<Series>;
  /** Processed since the first moment of the series. */
  readonly risen: ReadonlySignal<Values>;
  /** At the moments of the series, as far as this very page has seen them. */
  readonly workers: ReadonlySignal<Values>;
  readonly inFlight: ReadonlySignal<Values>;
  readonly outlook: ReadonlySignal<Outlook>;
  /** The time lately spent in each stage; where there was none, since the nodes started. */
  readonly spent: ReadonlySignal<StageTimes | null>;
  /** How long the oldest article that waits has waited, in seconds. */
  readonly oldestSeconds: ReadonlySignal<number | null>;
  /** Takes the newest status in; what is shown follows once a second. */
  note(status: ProcessorStatus): void;
}

const SHOWN_MS = 1_000;
/** How far back the times of the stages go. */
const SPENT_MS = 30_000;

const seesOldest = v.object({ oldest_at: v.number() });

/** @param samples The last minutes when the page was made, oldest first, at the trend's step. */
export function createTrendModel(model: StatusModel, samples: readonly Sample[]): TrendModel {
  const first = model.status.peek();
  const history = signal(samples);
  const now = signal(first?.at ?? samples.at(-1)?.at ?? 0);
  const times = signal(first === null ? [] : [{ at: first.at, times: stageTimes(first) }]);
  const seen = signal<readonly { at: number; workers: number; inFlight: number }[]>([]);
  const oldestAt = signal(first === null ? null : oldestOf(first));

  const spent = computed(() => {
    const [oldest, newest] = [times.value[0], times.value.at(-1)];
    if (!oldest || !newest) return null;
    return timeSpent(oldest.times, newest.times) ?? timeSpent(new Map(), newest.times);
  });

  function takeIn(status: ProcessorStatus) {
    const { at, workers, in_flight: inFlight } = status;
    now.value = at;
    const from = at - TREND.length * 1_000;
    history.value = withSample(history.peek(), sampleOf(status, TREND.step), from);
    times.value = [
      ...times.peek().filter((each) => at - each.at <= SPENT_MS),
      { at, times: stageTimes(status) },
    ];
    const here = { at: stepOf(at, TREND.step), workers, inFlight };
    seen.value = [...seen.peek().filter((each) => each.at !== here.at && each.at >= from), here];
    oldestAt.value = oldestOf(status);
  }

  const series = computed(() =>
    seriesOf(history.value, { ...TREND, until: now.value, now: now.value })
  );

  const seenAs = (name: "workers" | "inFlight") =>
    computed(() => {
      const known = new Map(seen.value.map((each) => [each.at, each[name]]));
      return series.value.at.map((at) => known.get(at) ?? null);
    });

  return {
    spent,
    series,
    risen: computed(() => {
      let sum = 0;
      return series.value.values.processed.map((rate) =>
        rate === null ? null : sum += rate * TREND.step
      );
    }),
    workers: seenAs("workers"),
    inFlight: seenAs("inFlight"),
    oldestSeconds: computed(() =>
      oldestAt.value === null ? null : Math.max(0, Math.floor((now.value - oldestAt.value) / 1_000))
    ),
    outlook: computed(() =>
      outlookOf({
        condition: model.condition.value,
        nodes: model.nodes.value ?? 0,
        workers: model.workers.value ?? 0,
        pending: model.pending.value ?? 0,
        speed: model.speed.value ?? 0,
        samples: history.value,
        step: TREND.step,
        now: now.value,
        spent: spent.value,
      })
    ),
    note(status) {
      if (status.outages !== undefined || status.at - now.peek() < SHOWN_MS) return;
      batch(() => takeIn(status));
    },
  };
}

/** Since when the oldest article has waited, as the nodes see it; ms since the epoch. */
function oldestOf({ nodes, queue_pending, in_flight }: ProcessorStatus): number | null {
  if (queue_pending + in_flight === 0) return null;
  const seen = nodes.map((node) => v.is(seesOldest, node) ? node.oldest_at : Infinity);
  const oldest = Math.min(...seen);
  return Number.isFinite(oldest) ? oldest : null;
}
