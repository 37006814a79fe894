import type { outlookWords } from "../i18n/outlook_words.ts";
import type { Voice } from "../i18n/voice.ts";
import type { WordKey } from "../i18n/words.ts";
import type { Outlook } from "./outlook.ts";

type Key =
  | WordKey<typeof outlookWords>
  | ("verdictIdle" | "verdictWorking" | "verdictNoWorkers" | "verdictStopped" | "verdictUnknown")
  | ("verdictBrokerAway" | "verdictDatabaseAway")
  | ("backlogEmpty" | "backlogNone" | "backlogStopped" | "backlogUnknown");

/** The outlook in a sentence. */
export function sayOutlook(voice: Voice<Key>, outlook: Outlook): string {
  switch (outlook.kind) {
    case "unknown":
      return voice.say("verdictUnknown");
    case "broker away":
      return voice.say("verdictBrokerAway");
    case "database away":
      return voice.say("verdictDatabaseAway");
    case "stopped":
      return voice.say("verdictStopped");
    case "no worker":
      return voice.say("verdictNoWorkers");
    case "idle":
      return voice.say("verdictIdle");
    case "working":
      return voice.say("verdictWorking");
    case "keeping up":
      return voice.say("keepingUp");
    case "catching up": {
      const { from, to } = rangeOf(voice, outlook);
      if (from === to) return voice.say("catchingUp", { time: to });
      return voice.say("catchingUpRange", { from, to });
    }
    case "falling behind": {
      const { busiest } = outlook;
      const growth = voice.number(Math.ceil(outlook.growth));
      if (busiest === null) return voice.say("behind", { growth });
      const percent = `${voice.number(busiest.share * 100)} %`;
      const words = { database: "behindDatabase", workers: "behindWorkers" } as const;
      return voice.say(words[busiest.part], { growth, percent });
    }
  }
}

/** When the backlog will be empty, in few words. */
export function sayBacklog(voice: Voice<Key>, outlook: Outlook, pending: number | null): string {
  if (pending === 0) return voice.say("backlogNone");
  switch (outlook.kind) {
    case "stopped":
      return voice.say("backlogStopped");
    case "falling behind":
      return voice.say("backlogGrows");
    case "keeping up":
      return voice.say("backlogSteady");
    case "catching up": {
      const { from, to } = rangeOf(voice, outlook);
      if (from === to) return voice.say("backlogEmpty", { time: to });
      return voice.say("backlogRange", { from, to });
    }
    default:
      return voice.say("backlogUnknown");
  }
}

function rangeOf(voice: Voice<Key>, { least, most }: { least: number; most: number }) {
  return {
    from: voice.duration(rounded(least)),
    to: voice.duration(rounded(most)),
  };
}

/** No more exact than an estimate is: seconds below a minute, tens of them below ten, minutes above. */
function rounded(seconds: number): number {
  const unit = seconds < 60 ? 1 : seconds < 600 ? 10 : seconds < 36_000 ? 60 : 3_600;
  return Math.max(1, Math.round(seconds / unit) * unit);
}
