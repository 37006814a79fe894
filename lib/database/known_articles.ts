import { z } from "zod";
import { FIELD_ASSIGNMENTS, fieldRow, TYPED_FIELD_COLUMNS } from "./article_columns.ts";
import type { Sql, Statements } from "./postgres_client.ts";
import type { NewArticle } from "./intake.ts";
import { readRows, run } from "./query.ts";
import { storable } from "./separated.ts";

/** An article to look up by any of its sources. */
export interface SoughtArticle {
  sources: string[];
  /** The hash of title and content (see lib/intake/text_source.ts). */
  textHash: string;
}

const known = z.object({
  index: z.number(),
  id: z.number(),
  source: z.string(),
  /** Whether title and content are the stored ones. */
  same: z.boolean(),
});

/** A stored article that shares a source with the one at `index`. */
export type KnownArticle = z.infer<typeof known>;

/** Returns the stored articles that share a source with the given ones. */
export async function findKnown(
  sql: Sql,
  sought: readonly SoughtArticle[],
): Promise<KnownArticle[]> {
  const rows = JSON.stringify(
    sought.flatMap(({ sources, textHash }, index) =>
      sources.map((source) => ({
        index,
        source: storable(source).toWellFormed(),
        text_hash: textHash,
      }))
    ),
  );
  return await readRows(
    known,
    () =>
      sql`
        SELECT given.index, articles.id::int8, articles.source,
          ${textHash(sql)} = given.text_hash AS same
        FROM json_to_recordset((${rows}::text)::json) AS given (
          index integer, source text, text_hash text
        )
        JOIN original_articles AS articles ON articles.source = given.source`,
  );
}

/**
 * Updates the text and fields of stored articles atomically; fields that are not given keep their values. If
 * title, content or group change, the article is pending again and in the outbox. Returns the changed ids.
 */
export async function updateArticles(
  sql: Statements,
  articles: readonly { id: number; article: NewArticle }[],
): Promise<number[]> {
  const rows = JSON.stringify(articles.map(({ id, article }) => ({
    id,
    title: storable(article.title).toWellFormed(),
    content: storable(article.content).toWellFormed(),
    group_id: article.groupId,
    group_name: article.group === null ? null : storable(article.group).toWellFormed(),
    ...fieldRow(article),
  })));
  const updated = await readRows(
    z.object({ id: z.number() }),
    () =>
      sql`
        WITH given AS MATERIALIZED (
          SELECT * FROM json_to_recordset((${rows}::text)::json) AS rows (
            id bigint, title text, content text, group_id bigint, group_name text,
            ${sql.unsafe(TYPED_FIELD_COLUMNS)}
          )
        ), named AS (
          INSERT INTO article_groups AS known (name)
          SELECT DISTINCT group_name FROM given WHERE group_name IS NOT NULL ORDER BY group_name
          ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
          RETURNING id, name
        )
        UPDATE original_articles AS articles SET
          title = given.title, content = given.content,
          group_id = coalesce(given.group_id, named.id, articles.group_id),
          ${sql.unsafe(FIELD_ASSIGNMENTS)}
        FROM given LEFT JOIN named ON named.name = given.group_name
        WHERE articles.id = given.id
        RETURNING articles.id::int8`,
  );
  return updated.map(({ id }) => id);
}

/** Returns which of these sources do not identify articles. */
export async function sharedSources(sql: Sql, sources: readonly string[]): Promise<string[]> {
  const given = JSON.stringify(sources.map((source) => storable(source).toWellFormed()));
  const rows = await readRows(
    z.object({ source: z.string() }),
    () =>
      sql`
        SELECT source FROM shared_sources
        WHERE source IN (SELECT json_array_elements_text((${given}::text)::json))`,
  );
  return rows.map(({ source }) => source);
}

/**
 * Records sources that do not identify articles, atomically: stored articles with such a source are
 * identified by their text from now on (see `textSource` in lib/intake/text_source.ts).
 */
export async function shareSources(sql: Sql, sources: readonly string[]): Promise<void> {
  const given = JSON.stringify(sources.map((source) => storable(source).toWellFormed()));
  await run(() =>
    sql`
      WITH given AS MATERIALIZED (
        SELECT json_array_elements_text((${given}::text)::json) AS source
      ), shared AS (
        INSERT INTO shared_sources (source) SELECT DISTINCT source FROM given ON CONFLICT DO NOTHING
      ), named AS (
        SELECT articles.id,
          ${textHash(sql)} AS source
        FROM original_articles AS articles JOIN given ON given.source = articles.source
      )
      UPDATE original_articles AS articles SET source = named.source
      FROM named
      WHERE named.id = articles.id
        AND NOT EXISTS (SELECT FROM original_articles AS other WHERE other.source = named.source)`
  );
}

/** The SQL equivalent of `textSource` in lib/intake/text_source.ts. */
function textHash(sql: Sql) {
  return sql`'sha256:' || encode(
    sha256(convert_to(articles.title || E'\\n' || articles.content, 'UTF8')), 'hex'
  )`;
}
