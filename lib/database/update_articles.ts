import { z } from "zod";
import { FIELD_ASSIGNMENTS, fieldRow, TYPED_FIELD_COLUMNS } from "./article_columns.ts";
import type { NewArticle } from "./insert_articles.ts";
import type { Statements } from "./postgres_client.ts";
import { readRows } from "./query.ts";
import { storable } from "./sql_parameters.ts";

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
    title: storable(article.title),
    content: storable(article.content),
    group_id: article.groupId,
    group_name: article.group === null ? null : storable(article.group),
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
