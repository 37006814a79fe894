import { z } from "zod";
import type { ArticleFields } from "../article/article_fields.ts";
import { FIELD_COLUMNS, fieldRow, TYPED_FIELD_COLUMNS } from "./article_columns.ts";
import type { Sql, Statements } from "./postgres_client.ts";
import { readRow, readRows, run } from "./query.ts";
import { storable } from "./separated.ts";

/** An article to be stored. */
export interface NewArticle extends ArticleFields {
  /** The producer's identifier; a second article with the same one is a duplicate. */
  source: string | null;
  title: string;
  content: string;
  /** Null if the group is given by name, or is the default one. */
  groupId: number | null;
  group: string | null;
}

const stored = z.object({
  inserted: z.array(z.object({ index: z.number(), id: z.number() })).nullable(),
  outboxId: z.number().nullable(),
});

/** The result of storing a chunk of articles. */
export interface Stored {
  /** The new articles, by their index in the chunk. */
  inserted: { index: number; id: number }[];
  duplicates: number;
  /** The outbox row with the new ids; null if none is new. */
  outboxId: number | null;
}

/**
 * Stores a chunk of articles (some hundreds at most) atomically, with their ids in the outbox. Creates missing
 * groups.
 */
export async function insertArticles(sql: Statements, articles: NewArticle[]): Promise<Stored> {
  const rows = JSON.stringify(articles.map(newArticleRow));
  const { inserted, outboxId } = await readRow(
    stored,
    () =>
      sql`
        WITH given AS MATERIALIZED (
          SELECT nextval(pg_get_serial_sequence('original_articles', 'id')) AS id, rows.*
          FROM json_to_recordset((${rows}::text)::json) AS rows (
            index integer, source text, title text, content text, group_id bigint, group_name text,
            ${sql.unsafe(TYPED_FIELD_COLUMNS)}
          )
        ), named AS (
          INSERT INTO article_groups AS known (name)
          SELECT DISTINCT group_name FROM given
          WHERE group_id IS NULL AND group_name IS NOT NULL
            AND NOT EXISTS (SELECT FROM article_groups WHERE name = group_name)
          ORDER BY group_name
          -- Returns also a group that another import has just made.
          ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
          RETURNING id, name
        ), inserted AS (
          INSERT INTO original_articles (
            id, source, title, content, group_id, ${sql.unsafe(FIELD_COLUMNS)}
          )
          OVERRIDING SYSTEM VALUE
          SELECT given.id, source, title, content, coalesce(group_id, named.id, known.id, 1),
            ${sql.unsafe(FIELD_COLUMNS)}
          FROM given
          LEFT JOIN named ON named.name = group_name
          LEFT JOIN article_groups AS known ON known.name = group_name
          ORDER BY index
          ON CONFLICT (source) DO NOTHING
          RETURNING id
        ), noted AS (
          INSERT INTO outbox (article_ids)
          SELECT array_agg(id ORDER BY id) FROM inserted HAVING count(*) > 0
          RETURNING id
        )
        SELECT
          (SELECT json_agg(json_build_object('index', index, 'id', id) ORDER BY index)
            FROM given JOIN inserted USING (id)) AS inserted,
          (SELECT id FROM noted) AS outbox_id`,
  );
  return {
    inserted: inserted ?? [],
    duplicates: articles.length - (inserted?.length ?? 0),
    outboxId,
  };
}

/** Returns the id of the article with this source, or null. */
export async function findBySource(sql: Sql, source: string): Promise<number | null> {
  const [row] = await readRows(
    z.object({ id: z.number() }),
    () => sql`SELECT id::int8 FROM original_articles WHERE source = ${text(source)}`,
  );
  return row?.id ?? null;
}

/** Whether any article was ever stored. */
export async function hasArticles(sql: Sql): Promise<boolean> {
  const { found } = await readRow(
    z.object({ found: z.boolean() }),
    () => sql`SELECT EXISTS (SELECT FROM original_articles) AS found`,
  );
  return found;
}

const note = z.object({ id: z.number(), articleIds: z.array(z.number()) });

/** An outbox row: ids that may be missing in the queue. */
export type OutboxNote = z.infer<typeof note>;

/** Deletes an outbox row once the queue has its ids. */
export async function deleteOutbox(sql: Sql, id: number): Promise<void> {
  await run(() => sql`DELETE FROM outbox WHERE id = ${id}`);
}

/** Returns at most `limit` outbox rows that are older than `olderThanMs`, oldest first. */
export async function staleOutbox(
  sql: Sql,
  olderThanMs: number,
  limit: number,
): Promise<OutboxNote[]> {
  return await readRows(
    note,
    () =>
      sql`
        SELECT id, to_json(article_ids) AS article_ids FROM outbox
        WHERE created_at <= now() - ${olderThanMs}::float8 * interval '1 ms'
        ORDER BY id LIMIT ${limit}`,
  );
}

/** Converts an article to a row for `json_to_recordset`; `index` is its index in the chunk. */
function newArticleRow(article: NewArticle, index: number) {
  const { source, title, content, groupId, group } = article;
  return {
    index,
    source: source === null ? null : text(source),
    title: text(title),
    content: text(content),
    group_id: groupId,
    group_name: group === null ? null : text(group),
    ...fieldRow(article),
  };
}

/** Removes what Postgres rejects: NUL and lone surrogates. */
function text(given: string): string {
  return storable(given).toWellFormed();
}
