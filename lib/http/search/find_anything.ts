import { articlesLink, readArticleQuery } from "../../dashboard/articles/article_query.ts";
import { failuresLink } from "../../dashboard/failures/failure_query.ts";
import { nodeAnchor } from "../../dashboard/workers/node_anchor.ts";
import { listArticles } from "../../database/list_articles.ts";
import { listCauses } from "../../database/failure_causes.ts";
import { articleTitle, groupsLike } from "../../database/find_names.ts";
import { type Language, LANGUAGES } from "../../i18n/language.ts";
import { settingsWords } from "../../i18n/settings_words.ts";
import { wordOutcome } from "../../i18n/refusals/word_outcome.ts";
import { createVoice } from "../../i18n/voice.ts";
import type { Node } from "../../node/node.ts";
import type { SearchResult, SearchResultKind } from "../../wire/search_result.ts";
import { settingName } from "../../wire/settings.ts";
import { unlessAway } from "../outage_error.ts";

/** The maximum number of results per kind. */
const MOST = 5;
const ID = /^\d{1,15}$/;

/**
 * Returns items with a text in their name: articles by id or title, causes, nodes, groups, and settings in
 * either language. While the database is away, only what is known without it.
 */
export async function findAnything(
  node: Node,
  language: Language,
  text: string,
): Promise<SearchResult[]> {
  const { sql } = node.database;
  const [byId, { rows }, { causes }, groups] = await Promise.all([
    ID.test(text) ? unlessAway(articleTitle(sql, Number(text)), null) : null,
    unlessAway(listArticles(sql, { text }, { limit: MOST }), { rows: [], cursor: null }),
    unlessAway(listCauses(sql, { text }, MOST), { causes: [], total: 0, retry: 0, dead: 0 }),
    unlessAway(groupsLike(sql, text, MOST), []),
  ]);
  return [
    ...(byId === null ? [] : [articleFound(Number(text), byId)]),
    ...rows.filter(({ id }) => String(id) !== text).map(({ id, title }) => articleFound(id, title)),
    ...causes.map(({ fingerprint, sample }) =>
      of(
        "cause",
        wordOutcome(language, sample ?? fingerprint),
        `/failures${failuresLink({ cause: [fingerprint] })}`,
      )
    ),
    ...nodesLike(node, text).map((name) => of("node", name, `/workers#${nodeAnchor(name)}`)),
    ...groups.map((name) => of("group", name, groupPath(name))),
    ...settingsLike(language, text),
  ];
}

function of(kind: SearchResultKind, label: string, path: string): SearchResult {
  return { kind, label, path };
}

function articleFound(id: number, title: string): SearchResult {
  return of("article", `${id} ${title}`.trim(), `/articles/${id}`);
}

function groupPath(group: string): string {
  return `/articles${articlesLink({ ...readArticleQuery(new URLSearchParams()), group })}`;
}

/** The nodes of the newest status. */
function nodesLike({ statusWatch }: Node, text: string): string[] {
  const names = statusWatch.latest()?.nodes.map(({ node }) => node) ?? [];
  return names.filter((name) => holds(name, text)).slice(0, MOST);
}

function settingsLike(language: Language, text: string): SearchResult[] {
  const voices = LANGUAGES.map((each) => createVoice(each, settingsWords[each]));
  const { say } = createVoice(language, settingsWords[language]);
  return settingName.options.filter((name) =>
    // The desired state is no field: buttons start and stop the stream.
    name !== "enabled" &&
    [name, ...voices.map((voice) => voice.say(name))].some((each) => holds(each, text))
  ).slice(0, MOST).map((name) => of("setting", say(name), `/settings#${name}`));
}

function holds(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.toLowerCase());
}
