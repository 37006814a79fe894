import type { eventsWords } from "../../i18n/events_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";
import type { AuditEvent } from "../../wire/audit_event.ts";

export type EventsVoice = Voice<WordKey<typeof eventsWords>>;

/** A part of an event's sentence; names and counts are strong. */
export interface SentencePart {
  text: string;
  strong: boolean;
}

const BEGIN = "\u0002";
const END = "\u0003";

/** Describes an event as a sentence in the reader's language, in parts. */
export function describeEvent(voice: EventsVoice, event: AuditEvent): SentencePart[] {
  const strong = (text: string) => `${BEGIN}${text}${END}`;
  const who = strong(event.actor.name === "unknown" ? voice.say("someone") : event.actor.name);
  const what = strong(subjectOf(voice, event));
  const counts: Record<string, number> = event.counts;
  const sentence = voice.say(wordOf(event), {
    ...counts,
    who,
    what,
    count: counts.articles ?? 0,
    seconds: Math.round(counts.wait_seconds ?? counts.seconds ?? 0),
    address: strong(event.actor.address ?? "–"),
  });
  return partsOf(sentence);
}

/** Returns the details below the sentence: node, address, and a failed or denied result. */
export function eventNotes(voice: EventsVoice, event: AuditEvent): string {
  const { result, node, actor: { address, role } } = event;
  return [
    ...(result === "succeeded" ? [] : [voice.say(result)]),
    voice.say("on", { node }),
    ...(role === null || address === null ? [] : [voice.say("from", { address })]),
  ].join(" · ");
}

function wordOf(event: AuditEvent) {
  switch (event.kind) {
    case "settings":
      return "settings_changed";
    case "export":
      return "exported";
    case "import":
      return event.subject === null ? "imported" : "import";
    default:
      return event.kind;
  }
}

function subjectOf(voice: EventsVoice, event: AuditEvent): string {
  const isMute = event.kind === "alert_muted" || event.kind === "alert_unmuted";
  if (event.subject === null) return isMute ? voice.say("everyAlert") : "";
  const isServer = event.kind === "outage_began" || event.kind === "outage_ended";
  return isServer ? voice.say(event.subject) : event.subject;
}

function partsOf(sentence: string): SentencePart[] {
  return sentence.split(BEGIN).flatMap((piece, index) => {
    const [strong = "", plain = ""] = index === 0 ? ["", piece] : piece.split(END);
    return [{ text: strong, strong: true }, { text: plain, strong: false }];
  }).filter(({ text }) => text !== "");
}
