import { ARTICLE_STATES, type ArticleState } from "../../article/state_machine.ts";
import { queryText } from "../shell/query_text.ts";

/** The query of the list of articles; null for missing conditions. */
export interface ArticleQuery {
  state: ArticleState | null;
  /** A substring of the title. */
  q: string | null;
  source: string | null;
  /** A group's name. */
  group: string | null;
  /** The day of the intake, `YYYY-MM-DD`, in the displayed time zone. */
  day: string | null;
  /** The number of the import that stored it. */
  import: number | null;
  /** The cursor of the page. */
  cursor: number | null;
}

/** Parses a URL's query; ignores invalid values. */
export function readArticleQuery(query: URLSearchParams): ArticleQuery {
  const text = (name: string) => queryText(query, name);
  const id = (name: string) =>
    /^\d{1,15}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : null;
  return {
    state: ARTICLE_STATES.find((state) => state === query.get("state")) ?? null,
    q: text("q"),
    source: text("source"),
    group: text("group"),
    day: dayBounds(query.get("day") ?? "") === null ? null : query.get("day"),
    import: id("import"),
    cursor: id("cursor"),
  };
}

/** Returns the relative link to the list for a query. */
export function articlesLink(query: ArticleQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== null);
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** Whether a query filters articles, apart from pagination. */
export function isFiltered({ cursor: _, ...filter }: ArticleQuery): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** Returns the start and the end of a day, ms since the epoch; null for anything but a day. */
export function dayBounds(day: string): { since: number; until: number } | null {
  const [, year, month, date] = /^([1-9]\d{3})-(\d\d)-(\d\d)$/.exec(day)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const start = new Date(year, month - 1, date);
  if (start.getMonth() !== month - 1) return null;
  return { since: start.getTime(), until: new Date(year, month - 1, date + 1).getTime() };
}
