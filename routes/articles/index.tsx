import { page } from "fresh";
import { ArticleFilter } from "../../components/articles/ArticleFilter.tsx";
import { ArticleRows } from "../../components/articles/ArticleRows.tsx";
import { Icon } from "../../components/shell/Icon.tsx";
import { PageHeader } from "../../components/shell/PageHeader.tsx";
import { PageHead } from "../../components/shell/PageHead.tsx";
import { define } from "../../define.ts";
import { mayAs } from "../../lib/auth/route_permissions.ts";
import LiveRegion from "../../islands/LiveRegion.tsx";
import {
  type ArticleQuery,
  articlesLink,
  dayBounds,
  isFiltered,
  readArticleQuery,
} from "../../lib/dashboard/articles/article_query.ts";
import { listArticles, type ListedArticle } from "../../lib/database/list_articles.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { readImport } from "../../lib/database/imports.ts";
import { findGroup, groupNames } from "../../lib/database/groups.ts";
import type { Page } from "../../lib/database/keyset_pagination.ts";
import { articlesWords } from "../../lib/i18n/articles_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";

const PAGE = 50;
const OFFERED_GROUPS = 200;

/** The list of articles, newest first, filtered by text, source, group, day, import and state. */
export const handler = define.handlers({
  async GET({ state: { node }, url: { searchParams } }) {
    const { sql } = node.database;
    const query = readArticleQuery(searchParams);
    const [groups, found, ofImport] = await Promise.all([
      groupNames(sql, OFFERED_GROUPS),
      find(sql, query),
      query.import === null ? null : readImport(sql, query.import),
    ]);
    return page({ query, groups, found, ofImport });
  },
});

/** Returns null for an unknown group. */
async function find(sql: Sql, query: ArticleQuery): Promise<Page<ListedArticle> | null> {
  const { state, q, source, group, day, import: importId, cursor } = query;
  const groupId = group === null ? undefined : await findGroup(sql, group);
  if (groupId === null) return null;
  return await listArticles(
    sql,
    {
      groupId,
      state: state ?? undefined,
      text: q ?? undefined,
      source: source ?? undefined,
      importId: importId ?? undefined,
      ...dayBounds(day ?? ""),
    },
    { cursor, limit: PAGE },
  );
}

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { query, groups, found, ofImport } = data;
  const voice = createVoice(language, articlesWords[language]);
  const { say } = voice;
  const rows = found?.rows ?? [];
  const cursor = found?.cursor ?? null;
  const filtered = isFiltered(query);
  return (
    <>
      <PageHead title={say("articles")} styles={["lists"]} />
      <PageHeader title={say("articles")} />
      <ArticleFilter voice={voice} query={query} groups={groups} ofImport={ofImport} />
      <section id="articles" class="panel" aria-label={say("articles")}>
        {rows.length > 0 ? <ArticleRows voice={voice} rows={rows} /> : (
          <div class="none">
            <h2>{say(cursor !== null ? "notYetTitle" : filtered ? "noneTitle" : "emptyTitle")}</h2>
            <p>
              {found === null
                ? say("noGroup", { name: query.group ?? "" })
                : say(cursor !== null ? "notYetText" : filtered ? "noneText" : "emptyText")}
            </p>
            {!filtered && cursor === null && mayAs(role, "operator") && (
              <a class="button" data-look="main" href="/import">
                <Icon name="upload" />
                <span>{say("import")}</span>
              </a>
            )}
          </div>
        )}
        <footer class="pager">
          <p>
            {cursor !== null && rows.length < PAGE
              ? say("partly", { id: String(cursor) })
              : say("shown", { count: rows.length })}
          </p>
          {query.cursor !== null && (
            <a class="button" data-look="quiet" href={articlesLink({ ...query, cursor: null })}>
              {say("newest")}
            </a>
          )}
          {cursor !== null && (
            <a class="button" rel="next" href={articlesLink({ ...query, cursor })}>
              <span>{say(rows.length < PAGE ? "searchOn" : "older")}</span>
              <Icon name="next" />
            </a>
          )}
        </footer>
      </section>
      <LiveRegion language={language} region="articles" />
    </>
  );
});
