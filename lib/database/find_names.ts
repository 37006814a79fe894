import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";

/** Returns the title of an article, or null if no article has the id. */
export async function articleTitle(sql: Sql, id: number): Promise<string | null> {
  const [row] = await readRows(
    z.object({ title: z.string() }),
    () => sql`SELECT title FROM original_articles WHERE id = ${id}`,
  );
  return row?.title ?? null;
}

/** Returns the names of groups that contain a text, ignoring case; those that start with it come first. */
export async function groupsLike(sql: Sql, text: string, limit: number): Promise<string[]> {
  const rows = await readRows(
    z.object({ name: z.string() }),
    () =>
      sql`
        SELECT name FROM article_groups
        WHERE strpos(lower(name), lower(${text})) > 0
        ORDER BY strpos(lower(name), lower(${text})) > 1, name LIMIT ${limit}`,
  );
  return rows.map(({ name }) => name);
}
