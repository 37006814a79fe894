import type { ReadingReason } from "../../lib/article/readings/why_read.ts";
import type { articleWords } from "../../lib/i18n/article_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export interface ReadingReasonsProps {
  voice: Voice<WordKey<typeof articleWords>>;
  reasons: readonly ReadingReason[];
}

/** The words and rules that change the default readings in a paragraph, with their sources. */
export function ReadingReasons({ voice: { say }, reasons }: ReadingReasonsProps) {
  if (reasons.length === 0) return null;
  return (
    <details class="reading-reasons">
      <summary>{say("whyRead")}</summary>
      <ul>
        {reasons.map(({ text, readings, source }) => (
          <li key={`${text} ${readings.join(" ")}`}>
            <b lang="zh-CN">{text}</b> {readings.join(" ")} <span class="hint">{say(source)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
