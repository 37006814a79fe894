import type { DropReason } from "../lib/article/filters.ts";
import type { ComparedParagraph } from "../lib/article/stored.ts";
import type { articleWords } from "../lib/i18n/article_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Readings } from "./Readings.tsx";

export interface ArticleParagraphProps {
  voice: Voice<WordKey<typeof articleWords>>;
  paragraph: ComparedParagraph;
}

/** A paragraph as it came, beside what became of it. */
export function ArticleParagraph({ voice, paragraph }: ArticleParagraphProps) {
  const dropped = paragraph.kind === "dropped";
  return (
    <li class="pair" data-kind={paragraph.kind}>
      <p class="pair-original">
        {dropped && paragraph.reason.kind === "advertising"
          ? <Marked text={paragraph.text} phrase={paragraph.reason.phrase} />
          : paragraph.text}
      </p>
      {dropped
        ? <p class="pair-reason">{sayWhy(voice, paragraph.text, paragraph.reason)}</p>
        : (
          <div class="pair-result">
            <p lang="zh-CN">
              <Readings annotated={paragraph.annotated} />
            </p>
            {!paragraph.stored && <p class="hint">{voice.say("notStored")}</p>}
          </div>
        )}
    </li>
  );
}

function Marked({ text, phrase }: { text: string; phrase: string }) {
  const at = text.indexOf(phrase);
  return (
    <>
      {text.slice(0, at)}
      <mark>{phrase}</mark>
      {text.slice(at + phrase.length)}
    </>
  );
}

function sayWhy(voice: ArticleParagraphProps["voice"], text: string, reason: DropReason): string {
  switch (reason.kind) {
    case "too_short":
      return voice.say("tooShort", { count: Array.from(text).length, least: reason.minLength });
    case "advertising":
      return voice.say("advertising", { phrase: reason.phrase });
  }
}
