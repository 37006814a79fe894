import { z } from "zod";
import { ARTICLE_STATES, type ArticleState } from "../article/state_machine.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows } from "./query.ts";
import { type Page, paginateByKey, RANGE_BITS, TOP } from "./keyset_pagination.ts";

/** A filter of articles; all given conditions must hold. */
export interface ArticleFilter {
  state?: ArticleState | undefined;
  /** A substring of the title, case-insensitive. */
  text?: string | undefined;
  /** The whole source. */
  source?: string | undefined;
  groupId?: number | undefined;
  /** The import that stored it. */
  importId?: number | undefined;
  /** When it was ingested, ms since the epoch: inclusive start and exclusive end. */
  since?: number | undefined;
  until?: number | undefined;
}

/** Ids follow the time of intake only roughly: so many articles at each end of a period are looked at. */
const DISORDER = 1_000;

/** A state with at most so many articles is rare. */
const RARE = 1_000;

/** A row of the list of articles. */
export const listedArticle = z.object({
  id: z.number(),
  title: z.string(),
  source: z.string().nullable(),
  groupId: z.number(),
  group: z.string().nullable(),
  state: z.enum(ARTICLE_STATES),
  tries: z.number(),
  /** The number of kept paragraphs when last processed; null before. */
  paragraphs: z.number().nullable(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  changedAt: z.number().nullable(),
  /** The last failure's error. */
  error: z.string().nullable(),
});

export type ListedArticle = z.infer<typeof listedArticle>;

/**
 * Returns a page of articles, newest first, after `cursor`. Takes time independent of the number of articles.
 */
export async function listArticles(
  sql: Sql,
  filter: ArticleFilter,
  { cursor = null, limit }: { cursor?: number | null; limit: number },
): Promise<Page<ListedArticle>> {
  const { state, text, source, groupId, importId, since, until } = filter;
  const period = await idsWithin(sql, { since, until, importId });
  if (period === null) return { rows: [], cursor: null };
  const top = Math.min(cursor ?? TOP, period.top);
  const conditions = [
    state === undefined ? sql`` : sql`AND states.state = ${state}`,
    source === undefined ? sql`` : sql`AND articles.source = ${source}`,
    groupId === undefined ? sql`` : sql`AND articles.group_id = ${groupId}`,
    importId === undefined ? sql`` : sql`AND articles.import_id = ${importId}`,
    since === undefined ? sql`` : sql`AND articles.created_at >= ${since}::timestamptz`,
    until === undefined ? sql`` : sql`AND articles.created_at < ${until}::timestamptz`,
    text === undefined ? sql`` : sql`
      AND search_keys(articles.id, articles.title) @> sought_keys(id_range, ${text})
      AND strpos(lower(articles.title), lower(${text})) > 0`,
  ];
  // The more selective condition leads.
  const byState = state !== undefined && importId === undefined &&
    (text === undefined || await isRare(sql, state));
  const key = byState ? sql`states.article_id` : sql`articles.id`;
  const join = byState ? sql`JOIN` : sql`LEFT JOIN`;
  return await paginateByKey({
    top,
    limit,
    newestBelow: (id) => newestBelow(sql, id, period.bottom, importId),
    step: (from, to, wanted) =>
      readRows(
        listedArticle,
        () =>
          sql`
          SELECT found.*, article_groups.name AS group
          FROM generate_series(${from}::bigint, ${to}::bigint, -1) AS id_range
          CROSS JOIN LATERAL (
            SELECT
              articles.id::int8, articles.title, articles.source, articles.group_id::int8,
              coalesce(states.state, 'pending') AS state, coalesce(states.tries, 0) AS tries,
              states.paragraphs, articles.created_at, states.changed_at, states.error
            FROM original_articles AS articles
            ${join} article_states AS states ON states.article_id = articles.id
            WHERE ${key} >= id_range << ${RANGE_BITS}
              AND ${key} < least((id_range + 1) << ${RANGE_BITS}, ${top}::bigint)
              ${conditions}
            ORDER BY ${key} DESC LIMIT ${wanted}
          ) AS found
          LEFT JOIN article_groups ON article_groups.id = found.group_id
          LIMIT ${wanted}`,
      ),
  });
}

/** Whether reading all articles in a state takes less time than a search among the titles. */
async function isRare(sql: Sql, state: ArticleState): Promise<boolean> {
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () =>
      sql`
        SELECT count(*) FROM (
          SELECT FROM article_states WHERE state = ${state} LIMIT ${RARE + 1}
        ) AS first`,
  );
  return count <= RARE;
}

async function newestBelow(
  sql: Sql,
  id: number,
  bottom: number,
  importId: number | undefined,
): Promise<number | null> {
  const ofImport = importId === undefined ? sql`` : sql`AND import_id = ${importId}`;
  const { newest } = await readRow(
    z.object({ newest: z.number().nullable() }),
    () =>
      sql`
        SELECT max(id)::int8 AS newest FROM original_articles
        WHERE id < ${id} AND id >= ${bottom} ${ofImport}`,
  );
  return newest;
}

/**
 * Returns bounds of the ids of the articles that were ingested within a period, by an import, `top` exclusive; null if
 * there are none.
 */
async function idsWithin(
  sql: Sql,
  { since, until, importId }: Pick<ArticleFilter, "since" | "until" | "importId">,
): Promise<{ bottom: number; top: number } | null> {
  const earliest = importId === undefined ? sql`0::int8` : sql`(
    SELECT min(id)::int8 FROM original_articles WHERE import_id = ${importId}
  )`;
  const latest = importId === undefined ? sql`${TOP}::int8` : sql`(
    SELECT max(id)::int8 + 1 FROM original_articles WHERE import_id = ${importId}
  )`;
  const bounds = await readRow(
    z.object({ bottom: z.number().nullable(), top: z.number().nullable() }),
    () =>
      sql`
        SELECT
          ${
        since === undefined ? earliest : sql`(
            SELECT min(id)::int8 FROM (
              SELECT id FROM original_articles WHERE created_at >= ${since}::timestamptz
              ORDER BY created_at, id LIMIT ${DISORDER}
            ) AS oldest
          )`
      } AS bottom,
          ${
        until === undefined ? latest : sql`(
            SELECT max(id)::int8 + 1 FROM (
              SELECT id FROM original_articles WHERE created_at < ${until}::timestamptz
              ORDER BY created_at DESC, id DESC LIMIT ${DISORDER}
            ) AS newest
          )`
      } AS top`,
  );
  const { bottom, top } = bounds;
  return bottom === null || top === null || bottom >= top ? null : { bottom, top };
}

/** Whether any article was ever stored. */
export async function hasArticles(sql: Sql): Promise<boolean> {
  const { found } = await readRow(
    z.object({ found: z.boolean() }),
    () => sql`SELECT EXISTS (SELECT FROM original_articles) AS found`,
  );
  return found;
}
