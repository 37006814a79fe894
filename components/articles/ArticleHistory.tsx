import type { Attempt, Happening } from "../../lib/dashboard/articles/article_history.ts";
import { describeReason } from "../../lib/dashboard/failures/describe_reason.ts";
import type { articleWords } from "../../lib/i18n/article_words.ts";
import { wordOutcome } from "../../lib/i18n/refusals/word_outcome.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Moment } from "../shell/Moment.tsx";

export interface ArticleHistoryProps {
  voice: Voice<WordKey<typeof articleWords>>;
  happenings: Happening[];
}

/** The timeline of an article; failed tries have their error and stack. */
export function ArticleHistory({ voice, happenings }: ArticleHistoryProps) {
  return (
    <section class="panel" aria-labelledby="history-title">
      <header class="panel-header">
        <h2 id="history-title">{voice.say("history")}</h2>
      </header>
      <ol class="timeline">
        {happenings.map((each) => (
          <li
            key={`${each.kind} ${each.at}`}
            data-key={`${each.kind} ${each.at}`}
            data-kind={each.kind}
          >
            <p class="timeline-what">{describeHappening(voice, each)}</p>
            <p class="timeline-when">
              <Moment voice={voice} at={each.at} />
            </p>
            {each.kind === "failed" && <FailedTry voice={voice} attempt={each.attempt} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function FailedTry({ voice, attempt }: { voice: ArticleHistoryProps["voice"]; attempt: Attempt }) {
  const { reason, error, stack, node } = attempt;
  return (
    <div class="attempt">
      <p class="hint">
        {describeReason(voice, reason)} · {voice.say("onNode", { node })}
      </p>
      <p class="attempt-error">{wordOutcome(voice.language, error)}</p>
      {stack !== null && (
        <details>
          <summary>{voice.say("stack")}</summary>
          <pre tabIndex={0}>{stack}</pre>
        </details>
      )}
    </div>
  );
}

function describeHappening(voice: ArticleHistoryProps["voice"], happening: Happening): string {
  switch (happening.kind) {
    case "processed":
      return voice.say("happened_processed", { count: happening.paragraphs });
    case "failed":
      return voice.say("happened_failed", { count: happening.attempt.try });
    case "acted": {
      const { kind, by } = happening.action;
      const isUnnamed = by === null || by === "unknown";
      const who = isUnnamed ? voice.say("someone") : wordAuthor(voice.language, by);
      return voice.say(`happened_${kind}`, { who });
    }
    case "takenIn":
    case "waiting":
    case "discarded":
      return voice.say(`happened_${happening.kind}`);
  }
}
