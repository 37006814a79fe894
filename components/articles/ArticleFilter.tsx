import { ARTICLE_STATES } from "../../lib/article/state_machine.ts";
import {
  type ArticleQuery,
  articlesLink,
  isFiltered,
} from "../../lib/dashboard/articles/article_query.ts";
import type { articlesWords } from "../../lib/i18n/articles_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { type ImportRecord, STANDARD_INPUT } from "../../lib/wire/import_figures.ts";
import { Moment } from "../shell/Moment.tsx";
import { Icon } from "../shell/Icon.tsx";

export interface ArticleFilterProps {
  voice: Voice<WordKey<typeof articlesWords>>;
  query: ArticleQuery;
  /** The selectable names. */
  groups: string[];
  /** The import that the query names; null if it is not known any more. */
  ofImport: Pick<ImportRecord, "name" | "by" | "started_at"> | null;
}

/** The filter of the list: a form and links, so that every filter has a URL. */
export function ArticleFilter({ voice, query, groups, ofImport }: ArticleFilterProps) {
  const { say } = voice;
  const { state, q, source, group, day } = query;
  return (
    <search class="filter">
      <nav class="tabs" aria-label={say("states")}>
        {[null, ...ARTICLE_STATES].map((each) => (
          <a
            key={each ?? ""}
            href={articlesLink({ ...query, state: each, cursor: null })}
            aria-current={each === state ? "true" : "false"}
          >
            {each === null ? say("all") : say(`state_${each}`)}
          </a>
        ))}
      </nav>
      {query.import !== null && (
        <p class="hint filter-import">
          {say("ofImport", { id: String(query.import) })}
          {ofImport !== null && (
            <>
              {" · "}
              <b>
                {ofImport.name === STANDARD_INPUT
                  ? say("standardInput")
                  : ofImport.name ?? say("unnamedImport")}
              </b>{" "}
              · {wordAuthor(voice.language, ofImport.by)} ·{" "}
              <Moment voice={voice} at={ofImport.started_at} />
            </>
          )} ·{" "}
          <a href={articlesLink({ ...query, import: null, cursor: null })}>{say("allImports")}</a>
        </p>
      )}
      <form class="filter-form" method="get" action="/articles" aria-label={say("search")}>
        {state !== null && <input type="hidden" name="state" value={state} />}
        {query.import !== null && <input type="hidden" name="import" value={query.import} />}
        <label class="field filter-text">
          <span>{say("text")}</span>
          <input id="search" type="search" name="q" value={q ?? ""} placeholder={say("textHint")} />
        </label>
        <label class="field">
          <span>{say("source")}</span>
          <input name="source" value={source ?? ""} placeholder={say("sourceHint")} />
        </label>
        <label class="field">
          <span>{say("group")}</span>
          <input name="group" value={group ?? ""} placeholder={say("groupHint")} list="groups" />
        </label>
        <datalist id="groups">
          {groups.map((name) => <option key={name} value={name} />)}
        </datalist>
        <label class="field">
          <span>{say("day")}</span>
          <input type="date" name="day" value={day ?? ""} />
        </label>
        <div class="filter-submit">
          <button type="submit" class="button" data-look="main">
            <Icon name="search" />
            <span>{say("submit")}</span>
          </button>
          {isFiltered(query) && <a class="button" data-look="quiet" href="?">{say("reset")}</a>}
        </div>
      </form>
    </search>
  );
}
