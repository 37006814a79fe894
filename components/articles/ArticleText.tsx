import type { ComparisonExcerpt } from "../../lib/article/excerpt.ts";
import type { articleWords } from "../../lib/i18n/article_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { ArticleParagraph } from "./ArticleParagraph.tsx";
import { Readings } from "./Readings.tsx";

/** The limit that keeps the page below a few megabytes. */
const SHOWN_SOURCE = 100_000;

const NOTHING: ComparisonExcerpt = {
  paragraphs: [],
  outdated: [],
  kept: 0,
  dropped: 0,
  differs: false,
};

export interface ArticleTextProps {
  voice: Voice<WordKey<typeof articleWords>>;
  content: string;
  /** Null if it takes too long to compute. */
  comparison: ComparisonExcerpt | null;
  /** Whether a result is stored, possibly without paragraphs. */
  isProcessed: boolean;
}

/** An article's received paragraphs next to their results, and its raw content. */
export function ArticleText({ voice, content, comparison, isProcessed }: ArticleTextProps) {
  const { say } = voice;
  const { paragraphs, outdated, kept, dropped, differs } = comparison ?? NOTHING;
  const hidden = kept + dropped - paragraphs.length;
  const bytes = new TextEncoder().encode(content).length;
  return (
    <section class="panel article-text" aria-labelledby="text-title">
      <header class="panel-header">
        <h2 id="text-title">{say("text")}</h2>
        <p>
          {say("kept", { count: kept })} · {say("dropped", { count: dropped })}
        </p>
        <fieldset class="choice">
          <legend class="unseen">{say("readings")}</legend>
          {(["ruby", "brackets", "plain"] as const).map((way) => (
            <label key={way}>
              <input type="radio" name="readings" value={way} checked={way === "ruby"} />
              <span>{say(way)}</span>
            </label>
          ))}
        </fieldset>
      </header>
      {isProcessed && differs && <p class="article-note">{say("differs")}</p>}
      <div class="pair pair-heads" aria-hidden="true">
        <p>{say("original")}</p>
        <p>{say(isProcessed ? "processed" : "preview")}</p>
      </div>
      <ol class="pairs">
        {paragraphs.map((paragraph, at) => (
          <ArticleParagraph key={at} voice={voice} paragraph={paragraph} />
        ))}
        {outdated.map((annotated, at) => (
          <li key={`outdated ${at}`} class="pair" data-kind="outdated">
            <p class="pair-reason">{say("outdated")}</p>
            <p class="pair-result" lang="zh-CN">
              <Readings annotated={annotated} />
            </p>
          </li>
        ))}
      </ol>
      {comparison === null && <p class="article-note">{say("tooLong")}</p>}
      {comparison !== null && kept === 0 && (
        <p class="article-note">{say(dropped === 0 ? "nothingThere" : "nothingKept")}</p>
      )}
      {hidden > 0 && <p class="article-note">{say("tooMany", { count: hidden })}</p>}
      <details class="article-source">
        <summary>
          {say("content")} <span class="hint">{voice.bytes(bytes)}</span>
        </summary>
        <pre tabIndex={0}>{content.slice(0, SHOWN_SOURCE)}</pre>
        {content.length > SHOWN_SOURCE && (
          <p class="article-note">
            {say("cut", { shown: voice.number(SHOWN_SOURCE), size: voice.number(content.length) })}
          </p>
        )}
      </details>
    </section>
  );
}
