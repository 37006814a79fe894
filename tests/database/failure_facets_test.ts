import assert from "node:assert/strict";
import { connectDatabase, type Database } from "../../lib/database/connect.ts";
import { listCauses } from "../../lib/database/failure_causes.ts";
import { listFacets } from "../../lib/database/count_facets.ts";
import type { FailureFilter } from "../../lib/database/failure_filter.ts";
import { countFailures, type FailurePage, listFailures } from "../../lib/database/failures.ts";
import type { FailureCursor } from "../../lib/wire/failure_cursor.ts";
import { insertArticles } from "../../lib/database/insert_articles.ts";
import { loadBatch } from "../../lib/database/load_batch.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { advanceOperation, startOperation } from "../../lib/database/operations.ts";
import { settleBatch } from "../../lib/database/settle.ts";
import type { FacetKind } from "../../lib/wire/failure_facets.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { article } from "./produce.ts";
import { namedActor } from "../../lib/wire/actor.ts";

const SOURCES = [
  (n: number) => `crawler-7/${n}`,
  (n: number) => `https://News.example/${n}?a:b`,
  (n: number) => `feed ${n}`,
  () => null,
];
const REASONS = ["threw", "timed_out", "crashed"] as const;

/** Stores failing articles that cycle through four sources, three reasons, two groups and two nodes. */
async function fail(database: Database, count: number) {
  const { sql } = database;
  const articles = Array.from({ length: count }, (_, n) =>
    article({
      title: `title ${n}`,
      source: SOURCES[n % 4]!(n),
      group: n % 5 < 2 ? "textbooks" : "news",
    }));
  const { inserted } = await insertArticles(sql, articles);
  const ids = inserted.map(({ id }) => id).toSorted((a, b) => a - b);
  for (const node of ["node-a", "node-b"]) {
    const own = ids.filter((id) => (id % 2 === 0) === (node === "node-a"));
    const loaded = await loadBatch(sql, own);
    await settleBatch(sql, {
      node,
      day: "20260102",
      elapsedMs: 1,
      settlements: loaded.map(({ id, revision, groupId }) => {
        const reason = REASONS[id % 3]!;
        return {
          kind: "failed",
          id,
          revision,
          groupId,
          next: id % 7 === 0 ? "retry" : "dead",
          dueInMs: id % 7 === 0 ? 60_000 : null,
          failure: { reason, message: `boo ${id}`, stack: null },
          fingerprint: `${reason}: boo #`,
        };
      }),
    });
  }
  return ids;
}

const DATABASES: [string, boolean, () => Promise<{ url: string } & AsyncDisposable>][] = [
  ["Postgres", !hasPostgres, startPostgres],
  ["embedded", false, () => Promise.resolve({ url: "", async [Symbol.asyncDispose]() {} })],
];

for (const [name, ignore, start] of DATABASES) {
  Deno.test({
    name: `${name}: counts, lists, causes and bulk actions agree under any filter`,
    ignore,
    async fn(t) {
      await using server = await start();
      const dataDir = await Deno.makeTempDir();
      await using database = await connectDatabase({ url: server.url || null, dataDir });
      await migrate(database);
      const { sql } = database;
      const ids = await fail(database, 120);
      const { time } = await listFacets(sql, {}, 10);

      async function found(filter: FailureFilter): Promise<number[]> {
        const all: number[] = [];
        let after: FailureCursor | null = null;
        do {
          const page: FailurePage = await listFailures(sql, filter, { after, limit: 7 });
          all.push(...page.rows.map(({ id }) => id));
          after = page.next;
        } while (after !== null);
        return all.sort((a, b) => b - a);
      }

      const filters: FailureFilter[] = [
        {},
        { state: "dead" },
        { reason: "timed_out" },
        { reason: ["timed_out", "crashed"], group: "textbooks" },
        { source: "crawler-7", node: "node-b" },
        { source: ["news.example", "(none)"] },
        { source: "feed", fingerprint: "threw: boo #", state: "retry" },
        { group: "news", since: time.to - 60_000, until: time.to + 60_000 },
        { until: time.to - 3_600_000 },
        { text: "BOO 1", reason: "threw" },
        { group: "no such group" },
      ];
      for (const filter of filters) {
        await t.step(JSON.stringify(filter), async () => {
          const list = await found(filter);
          assert.deepEqual(list, list.toSorted((a, b) => b - a));
          assert.equal(await countFailures(sql, filter), list.length);
          const { matching, facets } = await listFacets(sql, filter, 10);
          assert.equal(matching.retry + matching.dead, list.length);
          const causes = await listCauses(sql, filter, 10);
          assert.equal(causes.retry + causes.dead, list.length);
          for (const { kind, values } of facets) {
            for (const { value, count } of values) {
              const field = kind === "cause" ? "fingerprint" : kind;
              assert.equal(await countFailures(sql, { ...filter, [field]: value }), count);
            }
          }
        });
      }

      await t.step("sources are counted by their common prefix", async () => {
        const { facets } = await listFacets(sql, {}, 10);
        const values = (of: FacetKind) =>
          facets.find(({ kind }) => kind === of)?.values.map(({ value }) => value).toSorted();
        assert.deepEqual(values("source"), ["(none)", "crawler-7", "feed", "news.example"]);
        assert.deepEqual(values("node"), ["node-a", "node-b"]);
        assert.deepEqual(values("group"), ["news", "textbooks"]);
      });

      await t.step("a retry moves exactly the matching articles", async () => {
        const filter = { reason: ["timed_out"], group: ["textbooks"] };
        const meant = await found(filter);
        assert.ok(meant.length > 0 && meant.length < ids.length);
        const operation = await startOperation(sql, {
          kind: "retry",
          filter,
          by: namedActor("test"),
        });
        const { moved } = await advanceOperation(sql, operation, 1_000);
        assert.deepEqual(moved.map(({ id }) => id).toSorted((a, b) => b - a), meant);
        assert.deepEqual(await found(filter), []);
        assert.equal((await found({})).length, ids.length - meant.length);
      });

      await t.step("an article that fails again is counted by its last failure", async () => {
        const [id = 0] = await found({ node: "node-a", state: "retry" });
        const [{ revision }] = await sql`
          SELECT revision FROM article_states WHERE article_id = ${id}` as [{ revision: number }];
        await settleBatch(sql, {
          node: "node-c",
          day: "20260102",
          elapsedMs: 1,
          settlements: [{
            kind: "failed",
            id,
            revision,
            groupId: 1,
            next: "dead",
            dueInMs: null,
            failure: { reason: "missing", message: "gone", stack: null },
            fingerprint: "missing: gone",
          }],
        });
        assert.deepEqual(await found({ node: "node-c", reason: "missing" }), [id]);
      });
    },
  });
}
