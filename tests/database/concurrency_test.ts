import assert from "node:assert/strict";
import { insertArticles } from "../../lib/database/insert_articles.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { settleBatch } from "../../lib/database/settle.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";
import { article, settlement, store } from "./produce.ts";

Deno.test({
  ...withPostgres(
    "two nodes that settle the same articles in opposite order apply each one once, without deadlock",
  ),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const { sql } = database;
    for (let round = 0; round < 20; round++) {
      const ids = await store(sql, 50);
      const mine = await settlement(sql, ids, { paragraphs: ["甲"] });
      const theirs = { ...mine, node: "node-b", settlements: mine.settlements.toReversed() };
      const [a, b] = await Promise.all([settleBatch(sql, mine), settleBatch(sql, theirs)]);
      const applied = [a, b].map(({ states }) => states.filter(({ applied }) => applied).length);
      assert.equal((applied[0] ?? 0) + (applied[1] ?? 0), 50);
      for (const { states } of [a, b]) {
        assert.equal(states.length, 50);
        assert.ok(states.every(({ state }) => state === "processed"));
      }
    }
    const [{ rows }] = await sql<[{ rows: number }]>`SELECT count(*) AS rows FROM contents`;
    const [{ done }] = await sql<[{ done: number }]>`
      SELECT sum(processed)::int8 AS done FROM processor_tally`;
    assert.deepEqual({ rows, done }, { rows: 1_000, done: 1_000 });
  },
});

Deno.test({
  ...withPostgres("two imports of the same sources in opposite order store each article once"),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const { sql } = database;
    for (let round = 0; round < 10; round++) {
      const articles = Array.from(
        { length: 300 },
        (_, i) => article({ source: `${round}-${i}`, group: `group ${round}` }),
      );
      const [a, b] = await Promise.all([
        insertArticles(sql, articles),
        insertArticles(sql, articles.toReversed()),
      ]);
      assert.equal(a.inserted.length + b.inserted.length, 300);
      assert.equal(a.duplicates + b.duplicates, 300);
    }
    assert.equal((await sql`SELECT FROM original_articles`).length, 3_000);
    assert.equal((await sql`SELECT FROM article_groups WHERE name LIKE 'group %'`).length, 10);
  },
});

Deno.test({
  ...withPostgres("nodes that start concurrently migrate once"),
  async fn() {
    await using server = await startPostgres();
    await using starting = new AsyncDisposableStack();
    const nodes = await Promise.all(Array.from({ length: 6 }, async () => {
      return starting.use(await connectDatabase({ url: server.url, dataDir: "" }));
    }));
    const applied = await Promise.all(nodes.map((node) => migrate(node)));
    const names = applied.flat();
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(await migrate(nodes[0] ?? assert.fail()), []);
  },
});
