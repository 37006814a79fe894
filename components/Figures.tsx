import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { StatusModel } from "../lib/dashboard/status_model.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { Figure } from "./Figure.tsx";

type Key =
  | ("figures" | "queuePending" | "queueRetry" | "queueDead" | "processedToday" | "processedTotal")
  | ("speed" | "speedUnit" | "workers" | "inFlight" | "backlogEmpty" | "backlogNone")
  | (
    | "backlogStopped"
    | "backlogUnknown"
    | "inFlightNote"
    | "average"
    | "averageUnknown"
    | "todayNote"
    | "retryNote"
  )
  | ("retryNone" | "deadNote" | "deadNone" | "nodes" | "nodesNone" | "totals");

export interface FiguresProps {
  voice: Voice<Key>;
  model: StatusModel;
  /** What can be done about retries, and about dead letters. */
  retry: ComponentChildren;
  clear: ComponentChildren;
}

/** The figures of the status: the stream from left to right, then what stands beside it. */
export function Figures({ voice, model, retry, clear }: FiguresProps) {
  const { say } = voice;
  const either = (value: ReadonlySignal<number | null>, some: Key, none: Key) =>
    useComputed(() => say(value.value ? some : none));
  const backlog = useComputed(() => {
    if (model.pending.value === 0) return say("backlogNone");
    if (model.running.value === false) return say("backlogStopped");
    const seconds = model.backlogSeconds.value;
    if (seconds === null) return say("backlogUnknown");
    return say("backlogEmpty", { time: voice.duration(Math.max(1, seconds)) });
  });
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
      />
      <Figure
        name="in_flight"
        label={say("inFlight")}
        value={model.inFlight}
        voice={voice}
        note={useComputed(() => say("inFlightNote"))}
      />
      <Figure
        name="speed"
        label={say("speed")}
        value={model.speed}
        voice={voice}
        decimals={2}
        unit={say("speedUnit")}
        note={average}
      />
      <Figure
        name="processed_today"
        label={say("processedToday")}
        value={model.today}
        voice={voice}
        note={useComputed(() => say("todayNote"))}
      />
      <Figure
        name="queue_retry"
        label={say("queueRetry")}
        value={model.retry}
        voice={voice}
        note={either(model.retry, "retryNote", "retryNone")}
        tone="warning"
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
      >
        {clear}
      </Figure>
      <Figure
        name="workers"
        label={say("workers")}
        value={model.workers}
        voice={voice}
        note={nodes}
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
