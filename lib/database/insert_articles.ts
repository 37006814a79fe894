import { z } from "zod";
import type { ArticleFields } from "../article/article_fields.ts";
import { FIELD_COLUMNS, fieldRow, TYPED_FIELD_COLUMNS } from "./article_columns.ts";
import type { Statements } from "./postgres_client.ts";
import { readRow } from "./query.ts";
import { storable } from "./sql_parameters.ts";

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
 * Stores a chunk of articles (some hundreds at most) atomically, with their ids in the outbox. Articles whose source is
 * stored already are duplicates and not stored again. Creates missing groups. `importId` is the import that they are
 * part of.
 */
export async function insertArticles(
  sql: Statements,
  articles: NewArticle[],
  importId: number | null = null,
): Promise<Stored> {
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
            id, source, title, content, group_id, import_id, ${sql.unsafe(FIELD_COLUMNS)}
          )
          OVERRIDING SYSTEM VALUE
          SELECT given.id, source, title, content, coalesce(group_id, named.id, known.id, 1),
            ${importId}::bigint, ${sql.unsafe(FIELD_COLUMNS)}
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

/** Converts an article to a row for `json_to_recordset`; `index` is its index in the chunk. */
function newArticleRow(article: NewArticle, index: number) {
  const { source, title, content, groupId, group } = article;
  return {
    index,
    source: source === null ? null : storable(source),
    title: storable(title),
    content: storable(content),
    group_id: groupId,
    group_name: group === null ? null : storable(group),
    ...fieldRow(article),
  };
}
