import type { AlertMeasure } from "../wire/alerts.ts";
import type { alertsWords } from "./alerts_words.ts";
import type { Voice } from "./voice.ts";
import type { WordKey } from "./words.ts";

export type AlertsVoice = Voice<WordKey<typeof alertsWords>>;

const UNITS = {
  dead_letters: "unit_letters",
  backlog: "unit_articles",
  failure_rate: "unit_percent",
  oldest_wait: "unit_seconds",
  stuck: "unit_seconds",
  nodes_lost: "unit_nodes",
  difference: "unit_articles",
  unavailable: "unit_servers",
} as const satisfies Record<AlertMeasure, string>;

/** A measure's name in a sentence. */
export function measureName(voice: AlertsVoice, measure: AlertMeasure): string {
  return voice.say(measure === "unavailable" ? "unavailable_servers" : measure);
}

/** A measure's value with its unit. */
export function measureValue(voice: AlertsVoice, measure: AlertMeasure, value: number): string {
  const decimals = Number.isInteger(value) ? 0 : 1;
  return voice.say(UNITS[measure], { value: voice.number(value, decimals) });
}
