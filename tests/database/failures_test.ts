import assert from "node:assert/strict";
import { databaseTime } from "../../lib/database/database_time.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { failureIds, listCauses } from "../../lib/database/failure_causes.ts";
import { countFailures, type FailurePage, listFailures } from "../../lib/database/failures.ts";
import { matching } from "../../lib/database/failure_filter.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import type { FailureCursor } from "../../lib/wire/failure_cursor.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";

Deno.test({
  ...withPostgres("failure counts include causes that are not listed"),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const { sql } = database;
    await sql`
      INSERT INTO article_states
        (article_id, state, tries, first_failed_at, last_failed_at, error, fingerprint)
      SELECT
        id, CASE WHEN id % 2 = 0 THEN 'retry' ELSE 'dead' END, 1, now(), now(), 'e', 'f' || id % 30
      FROM generate_series(1, 90) AS id`;
    const { causes, total, retry, dead } = await listCauses(sql, {}, 10);
    assert.deepEqual([causes.length, total, retry, dead], [10, 30, 45, 45]);
    const none = await listCauses(sql, { text: "no such" }, 10);
    assert.deepEqual(none, { causes: [], total: 0, retry: 0, dead: 0 });
  },
});

Deno.test({
  ...withPostgres("a filter with an upper time bound excludes later failures"),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const { sql } = database;
    const insert = (id: number) =>
      sql`
        INSERT INTO article_states (article_id, state, last_failed_at, fingerprint)
        VALUES (${id}, 'dead', clock_timestamp(), 'f')`;
    await insert(1);
    await sql`SELECT pg_sleep(0.01)`;
    const until = await databaseTime(sql);
    await sql`SELECT pg_sleep(0.01)`;
    await insert(2);
    assert.equal(await countFailures(sql, {}), 2);
    assert.equal(await countFailures(sql, { until }), 1);
    const { rows } = await listFailures(sql, { until }, { limit: 10 });
    assert.deepEqual(rows.map(({ id }) => id), [1]);
  },
});

Deno.test({
  ...withPostgres(
    "a text that few failures have is found by an index alone, in the order of the list",
  ),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const { sql } = database;
    await sql`
      INSERT INTO article_states (article_id, state, last_failed_at, error, stack, fingerprint)
      SELECT id, 'dead', now() - id * interval '1 s', 'error ' || id, repeat('at line ' || id, 50), 'f'
      FROM generate_series(1, 20000) AS id`;
    await sql`VACUUM ANALYZE article_states`;
    const plan = await sql`
      EXPLAIN SELECT failed.article_id FROM article_states AS failed
      WHERE ${matching(sql, { text: "error 19999", state: "dead" })}
      ORDER BY failed.last_failed_at DESC, failed.article_id DESC LIMIT 51`;
    const text = JSON.stringify(plan);
    assert.match(text, /Index Only Scan Backward using article_states_failed_at/);
    assert.doesNotMatch(text, /Sort/);
  },
});

Deno.test({
  ...withPostgres("failures are listed by the time of their last failure, page by page"),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const { sql } = database;
    // In the opposite order of the ids, three at the same microsecond, one of them without its time.
    await sql`
      INSERT INTO article_states (article_id, state, changed_at, last_failed_at, error, fingerprint)
      SELECT id, 'dead', at, CASE WHEN id <> 5 THEN at END, 'e', 'f' || id % 2
      FROM generate_series(1, 9) AS id, LATERAL (
        SELECT timestamptz '2026-07-13 10:00:00.123456' - (id / 3) * interval '1 microsecond' AS at
      ) AS given`;
    const order = [2, 1, 5, 4, 3, 8, 7, 6, 9];
    const ids: number[] = [];
    let after: FailureCursor | null = null;
    do {
      const page: FailurePage = await listFailures(sql, {}, { after, limit: 2 });
      ids.push(...page.rows.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    assert.deepEqual(ids, order);
    const all = await failureIds(sql, {});
    assert.deepEqual(all.toSorted(), order.toSorted());
    await sql`UPDATE article_states SET last_failed_at = now() WHERE article_id = 6`;
    assert.deepEqual((await failureIds(sql, {}))[0], 6);
    assert.deepEqual((await listFailures(sql, {}, { limit: 1 })).rows.map(({ id }) => id), [6]);
    const { causes } = await listCauses(sql, {}, 10);
    const even = causes.find(({ fingerprint }) => fingerprint === "f0");
    assert.equal(even?.examples[0]?.id, 6);
  },
});
