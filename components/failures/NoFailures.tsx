import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Glyph } from "../health/Glyph.tsx";

export interface NoFailuresProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  /** Whether a filter excludes failures, or may. */
  filtered: boolean;
}

/** The empty state: no failures or no matches, with the next step. */
export function NoFailures({ voice, filtered }: NoFailuresProps) {
  const { say } = voice;
  return (
    <section class="panel none">
      <h2>
        <span class="state" data-tone={filtered ? "still" : "good"}>
          <Glyph shape={filtered ? "ring" : "tick"} />
          {say(filtered ? "noMatchTitle" : "noneTitle")}
        </span>
      </h2>
      <p>{say(filtered ? "noMatchText" : "noneText")}</p>
      {filtered
        ? <a class="button" href="?">{say("reset")}</a>
        : <a class="link" href="/articles?state=processed">{say("seeProcessed")}</a>}
    </section>
  );
}
