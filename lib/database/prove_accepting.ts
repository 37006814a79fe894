import { NO_FIELDS } from "../article/article_fields.ts";
import { insertArticles, type NewArticle } from "./insert_articles.ts";
import { updateArticles } from "./update_articles.ts";
import type { Sql } from "./postgres_client.ts";
import { withRollback } from "./with_rollback.ts";

/**
 * Stores and updates a harmless article in a transaction that is rolled back, to prove that Postgres currently accepts
 * articles. Throws like `run`.
 */
export async function proveAccepting(sql: Sql): Promise<void> {
  await withRollback(sql, async (transaction) => {
    const article: NewArticle = {
      ...NO_FIELDS,
      // Concurrent proofs do not wait for each other.
      source: `proof:${crypto.randomUUID()}`,
      title: "proof",
      content: "A harmless article.",
      groupId: 1,
      group: null,
    };
    const { inserted: [proof] } = await insertArticles(transaction, [article]);
    if (proof !== undefined) {
      const changed = { ...article, content: `${article.content} It was changed.` };
      await updateArticles(transaction, [{ id: proof.id, article: changed }]);
    }
  });
}
