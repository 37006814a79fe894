import { z } from "zod";
import { CONTENT_KINDS } from "../article/article_fields.ts";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";

const article = z.object({
  id: z.number(),
  title: z.string(),
  content: z.string(),
  contentKind: z.enum(CONTENT_KINDS).nullable(),
  groupId: z.number(),
});

export type RecentArticle = z.infer<typeof article>;

/** Returns the newest articles, newest first, without those whose content exceeds `maxBytes`. */
export async function recentArticles(
  sql: Sql,
  { limit, maxBytes }: { limit: number; maxBytes: number },
): Promise<RecentArticle[]> {
  return await readRows(
    article,
    () =>
      sql`
        SELECT id, title, content, content_kind, group_id
        FROM (
          SELECT id, title, content, content_kind, group_id
          FROM original_articles ORDER BY id DESC LIMIT ${limit}
        ) AS newest
        WHERE octet_length(content) <= ${maxBytes}
        ORDER BY id DESC`,
  );
}
