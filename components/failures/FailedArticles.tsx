import {
  failureFields,
  type FailureQuery,
  failuresLink,
  filterOnly,
} from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { type FailureCursor, formatFailureCursor } from "../../lib/wire/failure_cursor.ts";
import type { FailureFacets } from "../../lib/wire/failure_facets.ts";
import { Icon } from "../shell/Icon.tsx";
import { type FailedRow, FailedRows } from "./FailedRows.tsx";
import { FailureTools } from "./FailureTools.tsx";
import { SelectionBar } from "./SelectionBar.tsx";

export interface FailedArticlesProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  counts: Pick<FailureFacets, "all" | "matching">;
  /** A page of articles, and where the next one starts. */
  found: { rows: FailedRow[]; next: FailureCursor | null };
  /** The id of the selection's form; null if nothing can be selected. */
  form: string | null;
}

/** A page of the matching failed articles, with actions. */
export function FailedArticles({ voice, query, counts, found, form }: FailedArticlesProps) {
  const { say } = voice;
  const { rows, next } = found;
  const filter = filterOnly(query);
  const { retry, dead } = counts.matching;
  const all = counts.all.retry + counts.all.dead;
  return (
    <section class="panel failed-articles" aria-labelledby="articles-title">
      <header>
        <h2 id="articles-title">{say("matching", { count: retry + dead })}</h2>
        {retry + dead < all && <p>{say("ofAll", { count: all })}</p>}
        {form !== null && <FailureTools voice={voice} query={query} retry={retry} dead={dead} />}
      </header>
      {form !== null && (
        <SelectionBar
          voice={voice}
          form={form}
          fields={failureFields({ ...filter, ids: [] })}
        />
      )}
      <p class="hold list-note">
        <span>{say("newestFirst")}</span>
      </p>
      <div class="scroll">
        <FailedRows voice={voice} rows={rows} form={form} />
      </div>
      <footer class="pager">
        <p>{say("shownOf", { shown: rows.length, total: retry + dead })}</p>
        {query.cursor !== null && (
          <a class="button" data-look="quiet" data-size="small" href={failuresLink(filter)}>
            {say("newest")}
          </a>
        )}
        {next !== null && (
          <a
            class="button"
            data-size="small"
            rel="next"
            href={failuresLink({ ...filter, cursor: formatFailureCursor(next) })}
          >
            <span>{say("older")}</span>
            <Icon name="next" />
          </a>
        )}
      </footer>
    </section>
  );
}
