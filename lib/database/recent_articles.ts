import { z } from "zod";
import type { Sql } from "./client.ts";
import { readRows } from "./query.ts";

const article = z.object({ id: z.number(), title: z.string(), content: z.string() });

export type RecentArticle = z.infer<typeof article>;

/** The newest articles, newest first; those with a content of more than `maxBytes` are left out. */
export async function recentArticles(
  sql: Sql,
  { limit, maxBytes }: { limit: number; maxBytes: number },
): Promise<RecentArticle[]> {
  return await readRows(
    article,
    () =>
      sql`
        SELECT id, title, content
        FROM (SELECT id, title, content FROM original_articles ORDER BY id DESC LIMIT ${limit}) AS newest
        WHERE octet_length(content) <= ${maxBytes}
        ORDER BY id DESC`,
  );
}
