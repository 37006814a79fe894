import type { sourceWords } from "../../i18n/source_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";

export type SourceVoice = Voice<WordKey<typeof sourceWords>>;

/** What such sources have in common, which is their value in a facet. */
const HASH = "sha256";
const HASHED = /^sha256:([0-9a-f]{8})[0-9a-f]{56}$/;

/** Returns a source as people read it: that of an article without one, a hash, is shortened. */
export function sourceLabel({ say }: SourceVoice, source: string): string {
  if (source === HASH) return say("byContent");
  const start = HASHED.exec(source)?.[1];
  return start === undefined ? source : `${say("byContent")} · ${start}`;
}
