import {
  NUMBER_FIELDS,
  type NumberField,
  type SettingName,
  type ShownSettings,
} from "./settings_view.ts";

/** What stands in the form: text, as it is typed. */
export type Draft = Record<NumberField | "advertising_phrases", string>;

export function draftOf(settings: ShownSettings): Draft {
  return {
    min_paragraph_length: String(settings.min_paragraph_length),
    concurrency: String(settings.concurrency),
    batch_size: String(settings.batch_size),
    retry_max: String(settings.retry_max),
    time_limit_seconds: String(settings.time_limit_seconds),
    advertising_phrases: settings.advertising_phrases.join("\n"),
  };
}

/** A phrase a line; blank lines are none. */
export function phrasesIn(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
}

/**
 * What a draft changes of the settings that it was made from, and nothing else: what others changed
 * meanwhile stays theirs. A number that is none becomes null, which the server refuses by name.
 */
export function patchOf(draft: Draft, from: ShownSettings): Partial<Record<SettingName, unknown>> {
  const patch: Partial<Record<SettingName, unknown>> = {};
  for (const name of NUMBER_FIELDS) {
    const number = draft[name].trim() === "" ? NaN : Number(draft[name]);
    if (number !== from[name]) patch[name] = Number.isFinite(number) ? number : null;
  }
  const phrases = phrasesIn(draft.advertising_phrases);
  if (phrases.join("\n") !== from.advertising_phrases.join("\n")) {
    patch.advertising_phrases = phrases;
  }
  return patch;
}

/** A draft moved to newer settings: what it does not change follows them. */
export function rebase(draft: Draft, from: ShownSettings, to: ShownSettings): Draft {
  const changed = patchOf(draft, from);
  const moved = draftOf(to);
  const kept = Object.keys(draft).filter((name) => name in changed);
  return {
    ...moved,
    ...Object.fromEntries(Object.entries(draft).filter(([n]) => kept.includes(n))),
  };
}

/** What stands in the page's form already: somebody may type before the scripts have come. */
export function typedDraft(form: HTMLFormElement): Partial<Draft> {
  const fields = [...NUMBER_FIELDS, "advertising_phrases"] as const;
  const given = new FormData(form);
  return Object.fromEntries(fields.flatMap((name) => {
    const text = given.get(name);
    return typeof text === "string" ? [[name, text.replaceAll("\r\n", "\n")]] : [];
  }));
}
