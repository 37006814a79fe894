import { useComputed } from "@preact/signals";
import { shortAge } from "../../lib/dashboard/health/describe_health.ts";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { freshWords } from "../../lib/i18n/fresh_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export type FreshVoice = Voice<WordKey<typeof freshWords>>;

/** The freshness of the figures: the live latency, or their age. */
export function FreshMark({ voice, live }: { voice: FreshVoice; live: LiveStatus }) {
  const link = useComputed(() => live.link.value.kind);
  const state = useComputed(() => {
    if (!live.fresh.value) return "old";
    return live.link.value.kind === "live" ? "live" : "wait";
  });
  return (
    <span class="fresh" data-fresh={state} data-link={link}>
      <i />
      <span data-field="connection">{useComputed(() => describeFreshness(voice, live))}</span>
    </span>
  );
}

/** Returns the text of the figures' age or, while fresh, of the connection. */
export function describeFreshness(voice: FreshVoice, live: LiveStatus): string {
  const { say } = voice;
  const [link, age, countedAt] = [live.link.value, live.ageMs.value, live.countedAt.value];
  if (link.kind === "signed out") return say("signedOut");
  if (age > 0) return say("age", { age: shortAge(voice, age / 1_000) });
  if (link.kind === "stopped" || !live.fresh.value) {
    return countedAt === null ? say("unknownAge") : say("asOf", { time: voice.time(countedAt) });
  }
  switch (link.kind) {
    case "live":
    case "stale": {
      const delay = live.delayMs.value;
      if (delay === null) return say("live");
      return say("liveDelay", { delay: Math.max(1, Math.round(delay)) });
    }
    case "connecting":
      return say("connecting");
    case "waiting":
      return say(WAITING[link.cause], { count: link.seconds });
  }
}

const WAITING = {
  "lost": "againLost",
  "offline": "againOffline",
  "too many": "againTooMany",
} as const;
