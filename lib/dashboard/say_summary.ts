import type { connectionWords } from "../i18n/connection_words.ts";
import type { Voice } from "../i18n/voice.ts";
import type { WordKey } from "../i18n/words.ts";
import type { LiveStatus } from "./live_status.ts";
import type { Condition, StatusModel } from "./status_model.ts";
import { tabState } from "./tab.ts";

/** The stream's state as far as this page knows it. */
export type SummaryState = Condition | "lost";

const WORDS = {
  "running": "spokenRunning",
  "stopped": "spokenStopped",
  "broker away": "spokenBrokerAway",
  "database away": "spokenDatabaseAway",
  "unknown": "spokenUnknown",
} as const;

export function summaryState({ link, model }: Pick<LiveStatus, "link" | "model">): SummaryState {
  const condition = model.condition.value;
  return tabState(link.value, condition) === "lost" ? "lost" : condition;
}

/** The state and the figures in a sentence or two, to be read out. */
export function saySummary(
  voice: Voice<WordKey<typeof connectionWords>>,
  state: SummaryState,
  { pending, retry, dead, speed }: Pick<StatusModel, "pending" | "retry" | "dead" | "speed">,
): string {
  if (state === "lost") return voice.say("spokenLost");
  return voice.say("spoken", {
    state: voice.say(WORDS[state]),
    pending: pending.value ?? 0,
    retry: retry.value ?? 0,
    dead: dead.value ?? 0,
    speed: speed.value ?? 0,
  });
}
