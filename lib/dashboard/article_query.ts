import { ARTICLE_STATES, type ArticleState } from "../article/state.ts";
import { queryText } from "./query_text.ts";

/** What the address of the list of articles asks for; null where it asks for nothing. */
export interface ArticleQuery {
  state: ArticleState | null;
  /** Part of the title. */
  q: string | null;
  source: string | null;
  /** A group's name. */
  group: string | null;
  /** Where the page begins. */
  cursor: number | null;
}

/** Reads an address; what is not understood is not asked for. */
export function readArticleQuery(query: URLSearchParams): ArticleQuery {
  const text = (name: string) => queryText(query, name);
  const cursor = query.get("cursor") ?? "";
  return {
    state: ARTICLE_STATES.find((state) => state === query.get("state")) ?? null,
    q: text("q"),
    source: text("source"),
    group: text("group"),
    cursor: /^\d{1,15}$/.test(cursor) ? Number(cursor) : null,
  };
}

/** The link, from the list itself, to the list that a query asks for. */
export function articlesLink(query: ArticleQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== null);
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** Whether a query leaves articles out, apart from those of other pages. */
export function isFiltered({ state, q, source, group }: ArticleQuery): boolean {
  return [state, q, source, group].some((value) => value !== null);
}
