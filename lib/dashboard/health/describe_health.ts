import type { healthWords } from "../../i18n/health_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";
import type { Busiest, Health } from "../../wire/health/health.ts";

/** An article in progress for longer is named; a stream without a backlog has others for a moment. */
const LONG_SECONDS = 10;

export type HealthVoice = Voice<WordKey<typeof healthWords>>;
type Values = Record<string, string | number>;

/** The texts of a health: its name, the reason, and the tab's title without the product's name. */
export interface HealthText {
  name: string;
  reason: string;
  title: string;
}

export function describeHealth(voice: HealthVoice, health: Health): HealthText {
  return {
    name: voice.say(health.state),
    reason: reasonOf(voice, health),
    title: titleOf(voice, health),
  };
}

/** Returns name and reason as one sentence for screen readers. */
export function sayHealth(voice: HealthVoice, health: Health): string {
  const { name, reason } = describeHealth(voice, health);
  return voice.language === "zh" ? `${name}：${reason}。` : `${name}: ${reason}.`;
}

function reasonOf(voice: HealthVoice, health: Health): string {
  const { say, time, duration } = voice;
  switch (health.state) {
    case "gone":
      if (health.at === null) return say("goneNever");
      return say("goneWhy", { age: shortAge(voice, health.seconds), time: time(health.at) });
    case "unknown":
      return say("unknownWhy");
    case "empty":
      return say("emptyWhy", { count: health.workers });
    case "broker":
    case "database":
      return health.since === null
        ? say(`${health.state}Plain`)
        : say(`${health.state}Why`, { time: time(health.since) });
    case "lost":
      return health.seconds === null || health.seconds === 0
        ? say("lostSoon", { node: health.node, held: health.held })
        : say("lostWhy", { node: health.node, held: health.held, seconds: health.seconds });
    case "stopped":
      return health.waiting === 0
        ? say("stoppedEmpty")
        : say("stoppedWhy", { count: health.waiting });
    case "none":
      return health.waiting === 0 ? say("noneEmpty") : say("noneWhy", { count: health.waiting });
    case "stuck":
      return say("stuckWhy", { count: health.held, age: shortAge(voice, health.seconds) });
    case "restarting": {
      const values = { restarts: health.restarts, count: health.quarantined };
      return say(health.quarantined === 0 ? "restartingPlain" : "restartingWhy", values);
    }
    case "behind":
      return say(...behindWords(voice, health.growth, health.busiest));
    case "catching": {
      const { waiting, least, most } = health;
      if (least === null || most === null) return say("catchingUnclear", { waiting });
      const [from, to] = [duration(rounded(least)), duration(rounded(most))];
      if (from === to) return say("catchingWhy", { waiting, time: to });
      return say("catchingRange", { waiting, from, to });
    }
    case "ok": {
      const { waiting, oldest, steady } = health;
      if (!steady) return say("okUnclear", { waiting });
      if (oldest === null) return say(waiting === 0 ? "okIdle" : "okWhy");
      const age = waitOf(voice, oldest);
      return say(waiting === 0 && oldest >= LONG_SECONDS ? "okInProgress" : "okOldest", { age });
    }
  }
}

function titleOf(voice: HealthVoice, health: Health): string {
  const { say } = voice;
  switch (health.state) {
    case "gone":
      return health.at === null
        ? say("goneNeverTitle")
        : say("goneTitle", { time: voice.time(health.at) });
    case "lost":
      return say("lostTitle", { held: health.held });
    case "stuck":
      return say("stuckTitle", { age: shortAge(voice, health.seconds) });
    case "stopped":
    case "none":
    case "behind":
    case "catching":
    case "ok":
      return say(`${health.state}Title`, { waiting: health.waiting });
    case "unknown":
    case "empty":
    case "broker":
    case "database":
    case "restarting":
      return say(`${health.state}Title`);
  }
}

function behindWords(
  { number }: HealthVoice,
  growth: number,
  busiest: Busiest | null,
): [WordKey<typeof healthWords>, Values] {
  const values: Values = { growth: number(growth, growth < 10 ? 1 : 0) };
  if (busiest === null) return ["behindWhy", values];
  values.percent = number(busiest.share * 100);
  switch (busiest.stage) {
    case "load":
      return ["behindLoading", values];
    case "save":
      return ["behindSaving", values];
    case "clean":
    case "annotate":
      return ["behindProcessing", values];
    case "restart":
      return ["behindRestarting", values];
  }
}

/** Formats an age in seconds below two minutes, in larger units above. */
export function shortAge(voice: Pick<Voice, "duration" | "language">, seconds: number): string {
  if (seconds >= 120) return voice.duration(seconds);
  return voice.language === "zh" ? `${seconds} 秒` : `${seconds} s`;
}

/** Formats a wait, with one decimal if it is short. */
export function waitOf(
  voice: Pick<Voice, "duration" | "language" | "number">,
  seconds: number,
): string {
  if (seconds >= 10) return shortAge(voice, Math.round(seconds));
  return voice.language === "zh"
    ? `${voice.number(seconds, 1)} 秒`
    : `${voice.number(seconds, 1)} s`;
}

/** Rounds to an estimate's precision: seconds below a minute, tens below ten minutes, minutes above. */
function rounded(seconds: number): number {
  const unit = seconds < 60 ? 1 : seconds < 600 ? 10 : seconds < 36_000 ? 60 : 3_600;
  return Math.max(1, Math.round(seconds / unit) * unit);
}
