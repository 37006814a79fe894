import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { StatusModel } from "../lib/dashboard/status_model.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { Wheel } from "./Wheel.tsx";

type Key =
  | ("state" | "running" | "stopped" | "unknown" | "brokerAway" | "databaseAway")
  | ("verdictIdle" | "verdictBacklog" | "verdictWorking" | "verdictNoWorkers" | "verdictStopped")
  | ("verdictUnknown" | "verdictBrokerAway" | "verdictDatabaseAway");

export interface VerdictProps {
  voice: Voice<Key>;
  model: StatusModel;
  /** The buttons that change the state. */
  children: ComponentChildren;
}

/** The state in a word, what it means in a sentence, and a wheel that turns while the stream runs. */
export function Verdict({ voice, model, children }: VerdictProps) {
  const state = useComputed(() => voice.say(STATES[model.condition.value]));
  const sentence = useComputed(() => say(voice, model));
  const tone = useComputed(() => toneOf(model));
  const turning = useComputed(() => model.running.value === true ? "true" : "false");
  return (
    <section class="verdict" data-tone={tone} aria-label={voice.say("state")}>
      <Wheel turning={turning} />
      <div class="verdict-text">
        <p class="verdict-state" data-field="running">{state}</p>
        <p class="verdict-sentence">{sentence}</p>
      </div>
      <div class="verdict-actions">{children}</div>
    </section>
  );
}

const STATES = {
  "unknown": "unknown",
  "broker away": "brokerAway",
  "database away": "databaseAway",
  "stopped": "stopped",
  "running": "running",
} as const;

function toneOf({ condition, workers }: StatusModel): "good" | "quiet" | "danger" {
  switch (condition.value) {
    case "running":
      return workers.value === 0 ? "danger" : "good";
    case "stopped":
    case "unknown":
      return "quiet";
    case "broker away":
    case "database away":
      return "danger";
  }
}

function say(voice: Voice<Key>, model: StatusModel): string {
  switch (model.condition.value) {
    case "unknown":
      return voice.say("verdictUnknown");
    case "broker away":
      return voice.say("verdictBrokerAway");
    case "database away":
      return voice.say("verdictDatabaseAway");
    case "stopped":
      return voice.say(model.nodes.value === 0 ? "verdictNoWorkers" : "verdictStopped");
    case "running": {
      if (model.workers.value === 0) return voice.say("verdictNoWorkers");
      if (model.pending.value === 0) return voice.say("verdictIdle");
      const seconds: ReadonlySignal<number | null> = model.backlogSeconds;
      if (seconds.value === null) return voice.say("verdictWorking");
      return voice.say("verdictBacklog", { time: voice.duration(Math.max(1, seconds.value)) });
    }
  }
}
