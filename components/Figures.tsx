import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { sayBacklog } from "../lib/dashboard/say_outlook.ts";
import type { Depth, Rate } from "../lib/dashboard/series.ts";
import type { StatusModel } from "../lib/dashboard/status_model.ts";
import type { TrendModel } from "../lib/dashboard/trend_model.ts";
import type { overviewWords } from "../lib/i18n/overview_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Figure } from "./Figure.tsx";

export interface FiguresProps {
  voice: Voice<WordKey<typeof overviewWords>>;
  model: StatusModel;
  trend: TrendModel;
  /** What can be done about retries, and about dead letters. */
  retry: ComponentChildren;
  clear: ComponentChildren;
}

/** An article that waits for less is simply on its way. */
const NOTABLE_SECONDS = 5;

/** The figures of the status: the stream from left to right, then what stands beside it. */
export function Figures({ voice, model, trend, retry, clear }: FiguresProps) {
  const { say } = voice;
  const either = (
    value: ReadonlySignal<number | null>,
    some: WordKey<typeof overviewWords>,
    none: WordKey<typeof overviewWords>,
  ) => useComputed(() => say(value.value ? some : none));
  const backlog = useComputed(() => {
    const empty = sayBacklog(voice, trend.outlook.value, model.pending.value);
    const oldest = trend.oldestSeconds.value;
    if (oldest === null || oldest < NOTABLE_SECONDS) return empty;
    return `${empty} · ${say("oldest", { time: voice.duration(oldest) })}`;
  });
  const past = (name: Rate | Depth) => useComputed(() => trend.series.value.values[name]);
  const average = useComputed(() =>
    model.averageMs.value
      ? say("average", { ms: voice.number(model.averageMs.value, 2) })
      : say("averageUnknown")
  );
  const nodes = useComputed(() =>
    model.nodes.value ? say("nodes", { count: model.nodes.value }) : say("nodesNone")
  );
  const totals = useComputed(() =>
    say("totals", { failed: model.failedTotal.value ?? 0, retried: model.retriedTotal.value ?? 0 })
  );
  const moving = useComputed(() => model.running.value && model.inFlight.value ? "true" : "false");

  return (
    <dl class="figures" data-moving={moving} aria-label={say("figures")}>
      <Figure
        name="queue_pending"
        label={say("queuePending")}
        value={model.pending}
        voice={voice}
        note={backlog}
        trend={past("pending")}
      />
      <Figure
        name="in_flight"
        label={say("inFlight")}
        value={model.inFlight}
        voice={voice}
        note={useComputed(() => say("inFlightNote"))}
        trend={trend.inFlight}
      />
      <Figure
        name="speed"
        label={say("speed")}
        value={model.speed}
        voice={voice}
        decimals={2}
        unit={say("speedUnit")}
        note={average}
        trend={past("processed")}
      />
      <Figure
        name="processed_today"
        label={say("processedToday")}
        value={model.today}
        voice={voice}
        note={useComputed(() => say("todayNote"))}
        trend={trend.risen}
      />
      <Figure
        name="queue_retry"
        label={say("queueRetry")}
        value={model.retry}
        voice={voice}
        note={either(model.retry, "retryNote", "retryNone")}
        tone="warning"
        trend={past("retry")}
      >
        {retry}
      </Figure>
      <Figure
        name="queue_dead"
        label={say("queueDead")}
        value={model.dead}
        voice={voice}
        note={either(model.dead, "deadNote", "deadNone")}
        tone="danger"
        trend={past("dead")}
      >
        {clear}
      </Figure>
      <Figure
        name="workers"
        label={say("workers")}
        value={model.workers}
        voice={voice}
        note={nodes}
        trend={trend.workers}
      />
      <Figure
        name="processed_total"
        label={say("processedTotal")}
        value={model.total}
        voice={voice}
        note={totals}
      />
    </dl>
  );
}
