import { z } from "zod";
import { ARTICLE_STATES, type ArticleState } from "../article/state.ts";
import type { Sql } from "./client.ts";
import { readRow, readRows } from "./query.ts";
import { type Page, RANGE_BITS, TOP, walkDown } from "./walk.ts";

/** Which articles a list holds; all that is given must be true of them. */
export interface ArticleFilter {
  state?: ArticleState | undefined;
  /** Part of the title, in any case. */
  text?: string | undefined;
  /** The whole source. */
  source?: string | undefined;
  groupId?: number | undefined;
}

const listedArticle = z.object({
  id: z.number(),
  title: z.string(),
  source: z.string().nullable(),
  groupId: z.number(),
  group: z.string().nullable(),
  state: z.enum(ARTICLE_STATES),
  tries: z.number(),
  /** How many were kept when it was last processed; null before. */
  paragraphs: z.number().nullable(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  changedAt: z.number().nullable(),
  /** Of the last failure. */
  error: z.string().nullable(),
});

export type ListedArticle = z.infer<typeof listedArticle>;

/**
 * A page of the articles, newest first, `cursor` being that of the page before. The time it takes does
 * not depend on how many articles there are.
 */
export async function listArticles(
  sql: Sql,
  filter: ArticleFilter,
  { cursor = null, limit }: { cursor?: number | null; limit: number },
): Promise<Page<ListedArticle>> {
  const { state, text, source, groupId } = filter;
  const top = cursor ?? TOP;
  const conditions = [
    state === undefined ? sql`` : sql`AND states.state = ${state}`,
    source === undefined ? sql`` : sql`AND articles.source = ${source}`,
    groupId === undefined ? sql`` : sql`AND articles.group_id = ${groupId}`,
    text === undefined ? sql`` : sql`
      AND search_keys(articles.id, articles.title) @> sought_keys(id_range, ${text})
      AND strpos(lower(articles.title), lower(${text})) > 0`,
  ];
  // What is rarer leads: few articles are in the other states, few titles hold a text.
  const isRare = state !== "pending" && state !== "processed";
  const byState = state !== undefined && (text === undefined || isRare);
  const key = byState ? sql`states.article_id` : sql`articles.id`;
  const join = byState ? sql`JOIN` : sql`LEFT JOIN`;
  return await walkDown({
    top,
    limit,
    newestBelow: (id) => newestBelow(sql, id),
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

async function newestBelow(sql: Sql, id: number): Promise<number | null> {
  const { newest } = await readRow(
    z.object({ newest: z.number().nullable() }),
    () => sql`SELECT max(id)::int8 AS newest FROM original_articles WHERE id < ${id}`,
  );
  return newest;
}
