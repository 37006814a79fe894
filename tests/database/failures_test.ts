import assert from "node:assert/strict";
import { databaseTime } from "../../lib/database/clock.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { listCauses } from "../../lib/database/failure_causes.ts";
import { countFailures, listFailures } from "../../lib/database/failures.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
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
