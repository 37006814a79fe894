import type { ComparedParagraph } from "../../lib/article/stored.ts";
import type { articleWords } from "../../lib/i18n/article_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { describeDropReason } from "./drop_reason.ts";
import { ReadingReasons } from "./ReadingReasons.tsx";
import { Readings } from "./Readings.tsx";

export interface ArticleParagraphProps {
  voice: Voice<WordKey<typeof articleWords>>;
  paragraph: ComparedParagraph;
}

/** A received paragraph next to its result. */
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
        ? <p class="pair-reason">{describeDropReason(voice, paragraph.reason)}</p>
        : (
          <div class="pair-result">
            <p lang="zh-CN">
              <Readings annotated={paragraph.annotated} source={paragraph.text} />
            </p>
            <ReadingReasons voice={voice} reasons={paragraph.readingReasons} />
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
