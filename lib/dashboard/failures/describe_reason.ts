import { FAILURE_REASONS, UNKNOWN_REASON } from "../../article/outcome.ts";
import type { reasonWords } from "../../i18n/reason_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";

/** Describes the stored reason of a failure; those of older systems may be unknown. */
export function describeReason(voice: Voice<WordKey<typeof reasonWords>>, reason: string): string {
  const known = FAILURE_REASONS.find((each) => each === reason);
  return voice.say(`reason_${known ?? UNKNOWN_REASON}`);
}
