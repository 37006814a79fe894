import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { importAll } from "../support/producer.ts";
import {
  configure,
  startTestCluster,
  statusOf,
  type TestCluster,
  withServers,
} from "../support/test_cluster.ts";

const ARTICLES = 60;
const DAMAGED = "damaged";

/** What makes one article unreadable, and the error of its dead letter. */
const CAUSES: { name: string; spoil: (cluster: TestCluster) => Promise<unknown>; error: RegExp }[] =
  [
    {
      name: "whose data on disk are damaged",
      spoil: damage,
      error: /Postgres refuses to read the article: .*XX001/,
    },
    {
      name: "with a value of another program that no article can have",
      spoil: ({ database: { sql } }) =>
        sql`UPDATE original_articles SET content_kind = 'markdown' WHERE source = ${DAMAGED}`,
      error: /Postgres refuses to read the article: .*contentKind/,
    },
  ];

/** Content that Postgres stores out of line (TOAST), even compressed. */
function longContent(): string {
  const words = Array.from({ length: 2_000 }, () => crypto.randomUUID());
  return `<p>${words.join(" ")}</p>`;
}

/** Deletes an article's TOAST data, as a corrupt disk does. */
async function damage({ database: { sql } }: TestCluster) {
  await sql`CREATE EXTENSION pg_surgery`;
  const [table] = await sql<{ name: string }[]>`
    SELECT reltoastrelid::regclass::text AS name FROM pg_class
    WHERE oid = 'original_articles'::regclass`;
  await sql`
    SELECT heap_force_kill(${table!.name}::regclass, array_agg(ctid))
    FROM ${sql.unsafe(table!.name)}`;
  await assert.rejects(
    async () => await sql`SELECT length(content) FROM original_articles WHERE source = ${DAMAGED}`,
    { code: "XX001" },
  );
}

for (const { name, spoil, error } of CAUSES) {
  Deno.test({
    ...withServers(
      `only the article ${name} becomes a dead letter, and the others are processed`,
    ),
    async fn() {
      await using cluster = await startTestCluster();
      const node = await cluster.startNode("all");
      await configure(node, { retry_max: 0, enabled: false });
      const articles = (await faultArticles(ARTICLES)).map((article, i) =>
        i === 30 ? { ...article, source: DAMAGED, content: longContent() } : article
      );
      await importAll(node, articles);
      await spoil(cluster);
      await configure(node, { enabled: true });
      await eventually(async () => {
        const { processed_total, queue_dead } = await statusOf(node);
        assert.deepEqual([processed_total, queue_dead], [ARTICLES - 1, 1]);
      }, 60_000);
      const dead = await cluster.database.sql`
      SELECT source, error FROM article_states
      JOIN original_articles ON original_articles.id = article_id WHERE state = 'dead'`;
      assert.deepEqual(dead.map(({ source }) => source), [DAMAGED]);
      assert.match(String(dead[0]?.error), error);
    },
  });
}
