import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Outlook } from "../lib/dashboard/outlook.ts";
import { sayOutlook } from "../lib/dashboard/say_outlook.ts";
import type { StatusModel } from "../lib/dashboard/status_model.ts";
import type { overviewWords } from "../lib/i18n/overview_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Wheel } from "./Wheel.tsx";

export interface VerdictProps {
  voice: Voice<WordKey<typeof overviewWords>>;
  model: StatusModel;
  outlook: ReadonlySignal<Outlook>;
  /** The buttons that change the state. */
  children: ComponentChildren;
}

/** The state in a word, what it means in a sentence, and a wheel that turns while the stream runs. */
export function Verdict({ voice, model, outlook, children }: VerdictProps) {
  const state = useComputed(() => voice.say(STATES[model.condition.value]));
  const sentence = useComputed(() => sayOutlook(voice, outlook.value));
  const tone = useComputed(() => toneOf(outlook.value));
  const turning = useComputed(() => model.running.value === true ? "true" : "false");
  return (
    <section class="verdict" data-tone={tone} aria-label={voice.say("state")}>
      <Wheel turning={turning} />
      <div class="verdict-text">
        <p class="verdict-state" data-field="running">{state}</p>
        <p class="verdict-sentence" data-field="verdict">{sentence}</p>
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

function toneOf({ kind }: Outlook): "good" | "quiet" | "warning" | "danger" {
  switch (kind) {
    case "idle":
    case "working":
    case "keeping up":
    case "catching up":
      return "good";
    case "falling behind":
      return "warning";
    case "stopped":
    case "unknown":
      return "quiet";
    case "no worker":
    case "broker away":
    case "database away":
      return "danger";
  }
}
