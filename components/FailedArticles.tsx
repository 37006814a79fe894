import { type FailureQuery, failuresLink, SELECTION } from "../lib/dashboard/failure_query.ts";
import type { failuresWords } from "../lib/i18n/failures_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { type FailedRow, FailedRows } from "./FailedRows.tsx";
import { Icon } from "./Icon.tsx";

export interface FailedArticlesProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  /** A page of articles and where the next one begins. */
  found: { rows: FailedRow[]; cursor: number | null };
  /** The id of the form of what is selected; null: nothing can be. */
  form: string | null;
}

/** The failed articles of one cause, a page at a time, to open or to select. */
export function FailedArticles({ voice, query, found, form }: FailedArticlesProps) {
  const { say } = voice;
  const { rows, cursor } = found;
  const { state, q, cause } = query;
  const match = { state, q, cause };
  return (
    <section class="panel failed-articles" aria-labelledby="articles-title">
      <header class="panel-header">
        <h2 id="articles-title">{say("articles")}</h2>
        <p>{say("shown", { count: rows.length })}</p>
        {form !== null && rows.length > 0 && (
          <label class="select-all scripted">
            <input type="checkbox" data-selects={form} />
            <span>{say("selectAll")}</span>
          </label>
        )}
      </header>
      <FailedRows voice={voice} rows={rows} form={form} />
      {form !== null && (
        <form id={form} class="selection" method="get" action="/failures">
          <p class="selection-count">{say("selected")}</p>
          <input type="hidden" name="of" value={SELECTION} />
          {Object.entries(match).map(([name, value]) =>
            value !== null && <input key={name} type="hidden" name={name} value={value} />
          )}
          <button
            type="submit"
            class="button"
            name="ask"
            value="retry"
            aria-label={say("retrySelected")}
          >
            <Icon name="retry" />
            <span>{say("retry")}</span>
          </button>
          <button
            type="submit"
            class="button"
            name="ask"
            value="clear"
            aria-label={say("clearSelected")}
          >
            <Icon name="clear" />
            <span>{say("clear")}</span>
          </button>
        </form>
      )}
      <footer class="pager">
        <p>{cursor !== null && rows.length === 0 && say("partly", { id: String(cursor) })}</p>
        {query.cursor !== null && (
          <a class="button" data-look="quiet" href={failuresLink(match)}>{say("newest")}</a>
        )}
        {cursor !== null && (
          <a class="button" rel="next" href={failuresLink({ ...match, cursor })}>
            <span>{say(rows.length === 0 ? "searchOn" : "older")}</span>
            <Icon name="next" />
          </a>
        )}
      </footer>
    </section>
  );
}
