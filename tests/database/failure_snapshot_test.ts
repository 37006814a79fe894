import assert from "node:assert/strict";
import fc from "fast-check";
import { processAgain } from "../../lib/database/article_detail.ts";
import { openClient, type Sql } from "../../lib/database/postgres_client.ts";
import { deleteOldFailureChanges } from "../../lib/database/failure_changes.ts";
import { readFailureSnapshot } from "../../lib/database/failure_snapshot.ts";
import { advanceOperation, startOperation, startUndo } from "../../lib/database/operations.ts";
import { removeArticle } from "../../lib/database/remove_article.ts";
import { settleBatch } from "../../lib/database/settle.ts";
import { DATABASES } from "../support/database.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { settlement, store } from "./produce.ts";
import { namedActor } from "../../lib/wire/actor.ts";

const ARTICLES = 30;

/** Reads all failures with a plain query. */
async function readFully(sql: Sql): Promise<unknown[]> {
  return [
    ...await sql`
      SELECT article_id, (state = 'dead')::int AS dead,
        floor(extract(epoch FROM last_failed_at) * 1000)::float8 AS last,
        floor(extract(epoch FROM first_failed_at))::float8 AS first,
        reason_key, cause_key, coalesce(group_key, 0) AS group_key,
        coalesce(source_key, 0) AS source_key, node_key
      FROM article_states WHERE state IN ('retry', 'dead') ORDER BY article_id`,
  ].map((row) => Object.values(row));
}

async function readAgain(sql: Sql): Promise<unknown[]> {
  const { length, ids, dead, lastFailedAt, firstFailedAt, keys } = await readFailureSnapshot(
    sql,
    undefined,
  );
  const { reason, cause, group, source, node } = keys;
  const columns = [ids, dead, lastFailedAt, firstFailedAt, reason, cause, group, source, node];
  return Array.from({ length }, (_, row) => columns.map((column) => column[row]));
}

/** Settles the pending articles as processed or failed. */
async function settle(sql: Sql, ids: number[], next: "processed" | "retry" | "dead") {
  const batch = await settlement(sql, ids, {
    failing: () => next === "processed" ? null : next,
  });
  await settleBatch(sql, batch);
}

async function operate(sql: Sql, kind: "retry" | "clear", ids: number[]): Promise<number> {
  const operation = await startOperation(sql, { kind, filter: { ids }, by: namedActor("a test") });
  while (!(await advanceOperation(sql, operation, 7)).finished);
  return operation.id;
}

async function deleteAllChanges(sql: Sql) {
  for (const _ of ["the bound that is next", "the bound of now"]) {
    await sql`UPDATE failure_changes_kept SET next_at = now() - interval '1 hour'`;
    await deleteOldFailureChanges(sql, 1_000);
  }
}

/** Every operation that changes failures, applied to the given articles. */
const CHANGES: Record<string, (sql: Sql, ids: number[]) => Promise<unknown>> = {
  processed: (sql, ids) => settle(sql, ids, "processed"),
  failed: (sql, ids) => settle(sql, ids, "retry"),
  exhausted: (sql, ids) => settle(sql, ids, "dead"),
  retried: (sql, ids) => operate(sql, "retry", ids),
  cleared: (sql, ids) => operate(sql, "clear", ids),
  async undone(sql, ids) {
    const undo = await startUndo(sql, await operate(sql, "clear", ids), namedActor("a test"));
    if (undo !== null) await advanceOperation(sql, undo, 100);
  },
  reprocessed: (sql, ids) => Promise.all(ids.map((id) => processAgain(sql, id, "a test"))),
  removed: (sql, [id = 0]) => removeArticle(sql, id),
  edited: (sql, ids) =>
    sql`
      UPDATE original_articles SET content = content || '+'
      WHERE id = ANY(${`{${ids}}`}::bigint[])`,
  deleted: (sql, [id = 0]) => sql`DELETE FROM article_states WHERE article_id = ${id}`,
  added: (sql) => store(sql, 3),
  "changes deleted": deleteAllChanges,
};

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: the incremental snapshot equals a full query after any operations`,
    ignore,
    async fn() {
      await using database = await open();
      const { sql } = database;
      const ids = await store(sql, ARTICLES);
      const step = fc.record({
        change: fc.constantFrom(...Object.keys(CHANGES)),
        picked: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 8 }),
        reads: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
          for (const { change, picked, reads } of steps) {
            await CHANGES[change]!(sql, picked);
            if (reads) assert.deepEqual(await readAgain(sql), await readFully(sql), change);
          }
          assert.deepEqual(await readAgain(sql), await readFully(sql));
        }),
        // The database keeps state between runs, so shrinking is meaningless.
        { numRuns: 20, endOnFailure: true },
      );
    },
  });
}

Deno.test({
  ...withPostgres("a change is seen once it is committed, in any commit order"),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const { sql } = database;
    const ids = await store(sql, ARTICLES);
    await settle(sql, ids, "dead");
    const others = Array.from(
      { length: 3 },
      () => openClient({ address: { url: server.url }, max: 1 }),
    );
    try {
      let free = ids.slice();
      const open: { sql: Sql; ids: number[] }[] = [];
      const begin = async () => {
        const [other, own] = [others.shift()!, free.splice(0, 4)];
        await other`BEGIN`;
        await other`
          UPDATE article_states SET state = 'retry' WHERE article_id = ANY(${`{${own}}`}::bigint[])`;
        open.push({ sql: other, ids: own });
      };
      const end = async (place: number, how: "COMMIT" | "ROLLBACK") => {
        const [{ sql: other, ids: own }] = open.splice(place, 1) as [typeof open[0]];
        await other.unsafe(how);
        others.push(other);
        free = [...free, ...own];
      };
      const agree = async () => assert.deepEqual(await readAgain(sql), await readFully(sql));
      await agree();
      for (const [place, how] of [[1, "COMMIT"], [0, "ROLLBACK"], [0, "COMMIT"]] as const) {
        while (others.length > 0) await begin();
        await agree();
        await settle(sql, await store(sql, 2), "dead");
        await agree();
        // Changes of an open transaction must not be deleted before they are seen.
        await deleteAllChanges(sql);
        await end(place, how);
        await agree();
      }
      while (open.length > 0) {
        await end(open.length - 1, "COMMIT");
        await agree();
      }
    } finally {
      await Promise.all(others.map((other) => other.end()));
    }
  },
});

Deno.test({
  ...withPostgres("all failures are read again only after a TRUNCATE or a restart"),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const { sql } = database;
    await settle(sql, await store(sql, ARTICLES), "dead");
    assert.equal((await readAgain(sql)).length, ARTICLES);

    // A change without triggers shows whether all failures are read.
    const unnoted = async (statement: () => PromiseLike<unknown>) => {
      await sql`ALTER TABLE article_states DISABLE TRIGGER USER`;
      await statement();
      await sql`ALTER TABLE article_states ENABLE TRIGGER USER`;
    };
    await unnoted(() => sql`UPDATE article_states SET state = 'retry'`);
    await settle(sql, await store(sql, 1), "dead");
    const dead = (rows: unknown[]) => rows.filter((row) => Array.isArray(row) && row[1] === 1);
    assert.equal(dead(await readAgain(sql)).length, ARTICLES + 1);

    await server.kill("SIGINT");
    await server.start();
    await sql`SELECT 1`.catch(() => {});
    assert.equal(dead(await readAgain(sql)).length, 1);
    assert.deepEqual(await readAgain(sql), await readFully(sql));

    await sql`TRUNCATE article_states`;
    assert.deepEqual(await readAgain(sql), []);
  },
});
