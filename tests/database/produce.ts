import { NO_FIELDS } from "../../lib/article/article_fields.ts";
import { insertArticles, type NewArticle } from "../../lib/database/insert_articles.ts";
import { loadBatch } from "../../lib/database/load_batch.ts";
import type { Settlement, SettlementBatch } from "../../lib/database/settle.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";

/** An article to store, with defaults for all fields not given. */
export function article(given: Partial<NewArticle> = {}): NewArticle {
  return {
    source: null,
    title: "标题",
    content: "<p>正文</p>",
    groupId: null,
    group: null,
    ...NO_FIELDS,
    ...given,
  };
}

/** Stores articles with unique titles and returns their ids. */
export async function store(sql: Sql, count: number): Promise<number[]> {
  const articles = Array.from({ length: count }, (_, i) => article({ title: `标题 ${i}` }));
  return (await insertArticles(sql, articles)).inserted.map(({ id }) => id);
}

/** Settles the articles in their current revision: as processed, unless `failing` contains their outcome. */
export async function settlement(
  sql: Sql,
  ids: number[],
  { failing = () => null, paragraphs = ["一", "二"] }: {
    failing?: (id: number) => "retry" | "dead" | null;
    paragraphs?: string[];
  } = {},
): Promise<SettlementBatch> {
  const loaded = await loadBatch(sql, ids);
  const settlements = loaded.map(({ id, revision, groupId, title }): Settlement => {
    const next = failing(id);
    if (next === null) return { kind: "processed", id, revision, groupId, title, paragraphs };
    return {
      kind: "failed",
      id,
      revision,
      groupId,
      next,
      dueInMs: next === "retry" ? 5_000 : null,
      failure: { reason: "threw", message: `boo ${id}`, stack: "at boo" },
      fingerprint: "threw: boo #",
    };
  });
  return { node: "node-a", day: "20260102", elapsedMs: 100, settlements };
}
