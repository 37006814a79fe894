import { measureName, measureValue } from "../i18n/alert_voice.ts";
import { alertsWords } from "../i18n/alerts_words.ts";
import type { Language } from "../i18n/language.ts";
import { createVoice } from "../i18n/voice.ts";
import type { AlertMeasure } from "../wire/alerts.ts";

/** The content of an alert, independent of its target. */
export interface Alert {
  event: "fired" | "resolved" | "test";
  ruleName: string;
  measure: AlertMeasure;
  threshold: number;
  value: number;
  peak: number;
  /** Milliseconds since the epoch. */
  beganAt: number;
  endedAt: number | null;
}

const WORDS = { fired: "textFired", resolved: "textResolved", test: "textTest" } as const;

/** Renders the alert as lines of text, with a link if available. */
export function alertText(alert: Alert, language: Language, link: string | null): string {
  const { event, measure, threshold, value, peak, ruleName, beganAt } = alert;
  const voice = createVoice(language, alertsWords[language]);
  const amount = (number: number) => measureValue(voice, measure, number);
  const time = `${new Date(beganAt).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  return [
    voice.say(WORDS[event], {
      name: measureName(voice, measure),
      value: amount(value),
      threshold: amount(threshold),
      peak: amount(peak),
    }),
    voice.say("textRule", { rule: ruleName, time }),
    ...(link === null ? [] : [link]),
  ].join("\n");
}
