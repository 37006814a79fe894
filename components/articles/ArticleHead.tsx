import type { ArticleState } from "../../lib/article/state_machine.ts";
import { failuresLink } from "../../lib/dashboard/failures/failure_query.ts";
import type { articleWords } from "../../lib/i18n/article_words.ts";
import { sourceLabel } from "../../lib/dashboard/articles/source_label.ts";
import { wordOutcome } from "../../lib/i18n/refusals/word_outcome.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { Moment } from "../shell/Moment.tsx";
import { StateBadge } from "./StateBadge.tsx";

export interface ArticleHeadProps {
  voice: Voice<WordKey<typeof articleWords>>;
  article: {
    id: number;
    title: string;
    source: string | null;
    group: string | null;
    groupId: number;
    importId: number | null;
    createdAt: number;
    state: ArticleState;
    tries: number;
    dueAt: number | null;
    processedAt: number | null;
    error: string | null;
  };
  /** Whether this actor may change anything. */
  mayAct: boolean;
}

/** In characters; longer ones are set smaller, or on a separate line. */
const LONG_TITLE = 80;
const LONG_SOURCE = 40;

/** An article's title and state, and the button that reprocesses it. */
export function ArticleHead({ voice, article, mayAct }: ArticleHeadProps) {
  const { id, title, source, group, groupId, importId, createdAt, state, tries, processedAt } =
    article;
  const shownSource = source === null ? "–" : sourceLabel(voice, source);
  const { say } = voice;
  const waits = state === "pending";
  return (
    <>
      <div class="article-head">
        <div class="article-name">
          <p class="article-path">
            <a class="link" href="/articles">{say("articles")}</a> <span class="mono">{id}</span>
          </p>
          <h1 data-long={title.length > LONG_TITLE ? "true" : undefined}>
            {title || say("untitled")}
          </h1>
          <p class="article-state">
            <StateBadge voice={voice} state={state} />
            {waits && <span>{say("waits")}</span>}
            {article.dueAt !== null && (
              <span>
                {say("due")} <Moment voice={voice} at={article.dueAt} />
              </span>
            )}
          </p>
        </div>
        {mayAct && !waits && (
          <div class="article-tools">
            <form method="post" action="/actions/articles/process">
              <input type="hidden" name="id" value={id} />
              <button type="submit" class="button">
                <Icon name="retry" />
                <span>{say("processAgain")}</span>
              </button>
            </form>
            {state === "dead" && (
              <a class="button" href={`/failures${failuresLink({ ids: [id], ask: "clear" })}`}>
                <Icon name="clear" />
                <span>{say("clear")}</span>
              </a>
            )}
          </div>
        )}
      </div>
      {(state === "retry" || state === "dead") && (
        <p class="article-error" role="note">
          <Icon name="alert" />
          <span>{wordOutcome(voice.language, article.error ?? "")}</span>
        </p>
      )}
      <dl class="article-facts">
        <div>
          <dt>{say("number")}</dt>
          <dd class="mono">{id}</dd>
        </div>
        <div data-long={shownSource.length > LONG_SOURCE ? "true" : undefined}>
          <dt>{say("source")}</dt>
          <dd title={source ?? undefined}>{shownSource}</dd>
        </div>
        <div>
          <dt>{say("group")}</dt>
          <dd>{group ?? groupId}</dd>
        </div>
        <div>
          <dt>{say("takenIn")}</dt>
          <dd>
            <Moment voice={voice} at={createdAt} />
          </dd>
        </div>
        {importId !== null && (
          <div>
            <dt>{say("import")}</dt>
            <dd>
              <a href={`/articles?import=${importId}`}>
                {say("ofImport", { id: String(importId) })}
              </a>
            </dd>
          </div>
        )}
        <div>
          <dt>{say("processedAt")}</dt>
          <dd>
            <Moment voice={voice} at={processedAt} />
          </dd>
        </div>
        {tries > 0 && (
          <div>
            <dt>{say("tries")}</dt>
            <dd>{voice.number(tries)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
