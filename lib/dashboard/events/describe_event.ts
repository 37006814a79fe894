import type { eventsWords } from "../../i18n/events_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import { wordAuthor } from "../../i18n/word_author.ts";
import type { WordKey } from "../../i18n/words.ts";
import type { AuditEvent } from "../../wire/audit_event.ts";
import { STANDARD_INPUT } from "../../wire/import_figures.ts";
import type { SettingName } from "../../wire/settings.ts";

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
  const who = strong(actorName(voice, event.actor.name));
  const what = strong(subjectOf(voice, event));
  const counts: Record<string, number> = event.counts;
  const sentence = voice.say(wordOf(event), {
    ...counts,
    who,
    what,
    count: counts.articles ?? 0,
    duration: voice.duration(counts.wait_seconds ?? counts.seconds ?? 0),
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

/** Words an actor; the name of a bulk operation's may have the role and the address. */
function actorName({ language, say }: EventsVoice, name: string): string {
  if (name === "unknown") return say("someone");
  return name === "another program" ? say("anotherProgram") : wordAuthor(language, name);
}

/** The subjects that are words of Millrace, by kind; all others are names, which are the same in each language. */
const WORDS = {
  export: ["failures", "events", "log", "backup"],
  import: ["sample"],
  sign_in_failed: ["token"],
} as const;

function subjectOf(voice: EventsVoice, event: AuditEvent): string {
  const { say } = voice;
  const isMute = event.kind === "alert_muted" || event.kind === "alert_unmuted";
  if (event.subject === null) return isMute ? say("everyAlert") : "";
  switch (event.kind) {
    case "outage_began":
    case "outage_ended":
      return say(event.subject);
    case "settings":
      return changedThings(voice, event.subject);
    case "export":
    case "import":
    case "sign_in_failed": {
      if (event.kind === "import" && event.subject === STANDARD_INPUT) {
        return say("subject_standard_input");
      }
      const word = WORDS[event.kind].find((each) => each === event.subject);
      return word === undefined ? event.subject : say(`subject_${word}`);
    }
    default:
      return event.subject;
  }
}

const ALERT_PART = /^alert (rule|target) (.*?)( deleted)?$/s;

/** Words the subject of changed settings: their names, or an alert's rule or target. */
function changedThings({ say, has }: EventsVoice, subject: string): string {
  const [, part, name = "", deleted] = ALERT_PART.exec(subject) ?? [];
  if (part === "rule" || part === "target") {
    return say(deleted === undefined ? `alert_${part}` : `alert_${part}_deleted`, { name });
  }
  const names = subject.split(", ").map((each) => {
    const label = `setting_${each}`;
    // Nodes of a newer version may have further settings.
    return has(label) ? say(label as `setting_${SettingName}`) : each;
  });
  return names.join(say("comma"));
}

function partsOf(sentence: string): SentencePart[] {
  return sentence.split(BEGIN).flatMap((piece, index) => {
    const [strong = "", plain = ""] = index === 0 ? ["", piece] : piece.split(END);
    return [{ text: strong, strong: true }, { text: plain, strong: false }];
  }).filter(({ text }) => text !== "");
}
