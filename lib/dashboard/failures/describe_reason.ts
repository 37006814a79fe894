import type { reasonWords } from "../../i18n/reason_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";

const KNOWN = ["threw", "timed_out", "crashed", "missing"] as const;

/** Describes the stored reason of a failure; those of older systems may be unknown. */
export function describeReason(voice: Voice<WordKey<typeof reasonWords>>, reason: string): string {
  const known = KNOWN.find((each) => each === reason);
  return voice.say(`reason_${known ?? "unknown"}`);
}
