import type { ArticleComparison } from "../lib/article/stored.ts";
import type { articleWords } from "../lib/i18n/article_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { ArticleParagraph } from "./ArticleParagraph.tsx";
import { Readings } from "./Readings.tsx";

/** More than these would make a page of many megabytes. */
const SHOWN_PARAGRAPHS = 300;
const SHOWN_CHARACTERS = 20_000;
const SHOWN_SOURCE = 100_000;

export interface ArticleTextProps {
  voice: Voice<WordKey<typeof articleWords>>;
  content: string;
  comparison: ArticleComparison;
  /** Whether something is stored of it, which may be nothing. */
  isProcessed: boolean;
}

/** An article's paragraphs as they came beside what became of each, and its content as it came. */
export function ArticleText({ voice, content, comparison, isProcessed }: ArticleTextProps) {
  const { say } = voice;
  const { paragraphs, outdated } = comparison;
  const kept = paragraphs.filter(({ kind }) => kind === "kept");
  const shown = paragraphs.slice(0, readable(paragraphs.map(({ text }) => text)));
  const bytes = new TextEncoder().encode(content).length;
  const differs = outdated.length > 0 ||
    kept.some((paragraph) => paragraph.kind === "kept" && !paragraph.stored);
  return (
    <section class="panel article-text" aria-labelledby="text-title">
      <header class="panel-header">
        <h2 id="text-title">{say("text")}</h2>
        <p>
          {say("kept", { count: kept.length })} ·{" "}
          {say("dropped", { count: paragraphs.length - kept.length })}
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
        {shown.map((paragraph, at) => (
          <ArticleParagraph key={at} voice={voice} paragraph={paragraph} />
        ))}
        {outdated.slice(0, readable(outdated)).map((annotated, at) => (
          <li key={`outdated ${at}`} class="pair" data-kind="outdated">
            <p class="pair-reason">{say("outdated")}</p>
            <p class="pair-result" lang="zh-CN">
              <Readings annotated={annotated} />
            </p>
          </li>
        ))}
      </ol>
      {kept.length === 0 && (
        <p class="article-note">{say(paragraphs.length === 0 ? "nothingThere" : "nothingKept")}</p>
      )}
      {paragraphs.length > shown.length && (
        <p class="article-note">{say("tooMany", { count: paragraphs.length - shown.length })}</p>
      )}
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

/** How many of the first paragraphs are shown: one in any case. */
function readable(texts: readonly string[]): number {
  let room = SHOWN_CHARACTERS;
  const end = texts.findIndex((text, at) => at === SHOWN_PARAGRAPHS || (room -= text.length) < 0);
  return end === -1 ? texts.length : Math.max(1, end);
}
