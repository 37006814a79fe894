import type { DropReason } from "../../lib/article/process.ts";
import type { stepWords } from "../../lib/i18n/step_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

/** Describes why a paragraph is dropped. */
export function describeDropReason(
  voice: Voice<WordKey<typeof stepWords>>,
  { kind, ...details }: DropReason,
): string {
  return voice.say(`dropped_${kind}`, details);
}
