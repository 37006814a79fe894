import assert from "node:assert/strict";
import { readArticle } from "../../lib/database/article_detail.ts";
import { listCauses } from "../../lib/database/failure_causes.ts";
import { countFailures, listFailures } from "../../lib/database/failures.ts";
import {
  advanceOperation,
  listOperations,
  type Operation,
  readOperation,
  startOperation,
  startUndo,
} from "../../lib/database/operations.ts";
import { settleBatch } from "../../lib/database/settle.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { namedActor } from "../../lib/wire/actor.ts";
import { DATABASES } from "../support/database.ts";
import { settlement, store } from "./produce.ts";

/** Runs an operation to its end, two articles at a time, and returns the ids that moved. */
async function finish(sql: Sql, operation: Operation): Promise<number[]> {
  const ids: number[] = [];
  for (let finished = false; !finished;) {
    const step = await advanceOperation(sql, operation, 2);
    ids.push(...step.moved.map(({ id }) => id));
    finished = step.finished;
  }
  return ids;
}

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: failures are listed, retried, cleared and restored`,
    ignore,
    async fn(t) {
      await using opened = await open();
      const { sql } = opened;
      const ids = await store(sql, 6);
      const [first = 0, second = 0] = ids;
      const failing = (id: number) => id === first ? "retry" : id === ids[5] ? null : "dead";
      await settleBatch(sql, await settlement(sql, ids, { failing }));
      const dead = ids.slice(1, 5);

      await t.step("lists and causes show what failed, and why", async () => {
        const { rows } = await listFailures(sql, {}, { limit: 10 });
        assert.deepEqual(rows.map(({ id }) => id), ids.slice(0, 5).reverse());
        assert.equal(await countFailures(sql, { state: "dead" }), 4);
        assert.equal(await countFailures(sql, { text: `BOO ${second}` }), 1);
        const { causes: [cause], ...all } = await listCauses(sql, {}, 10);
        assert.deepEqual(all, { total: 1, retry: 1, dead: 4 });
        assert.equal(cause?.fingerprint, "threw: boo #");
        assert.deepEqual([cause?.retry, cause?.dead], [1, 4]);
        assert.equal(cause?.recent.at(-1), 5);
        const article = await readArticle(sql, second);
        assert.deepEqual(article?.attempts.map(({ error }) => error), [`boo ${second}`]);
      });

      await t.step("a clearing of nothing cannot be undone", async () => {
        const by = namedActor("me");
        const clearing = await startOperation(sql, { kind: "clear", filter: { ids: [0] }, by });
        assert.deepEqual(await finish(sql, clearing), []);
        assert.equal((await readOperation(sql, clearing.id))?.undoable, false);
        assert.equal(await startUndo(sql, clearing.id, by), null);
      });

      await t.step("a clearing moves only dead letters, and can be undone once", async () => {
        const clearing = await startOperation(sql, {
          kind: "clear",
          filter: {},
          by: namedActor("me"),
        });
        assert.equal(clearing.total, 4);
        assert.equal(
          await startUndo(sql, clearing.id, namedActor("me")),
          null,
          "it is not finished",
        );
        assert.deepEqual(await finish(sql, clearing), dead);
        assert.equal((await readOperation(sql, clearing.id))?.undoable, true);
        assert.equal(await countFailures(sql, {}), 1);

        const undo = await startUndo(sql, clearing.id, namedActor("me")) ?? assert.fail();
        assert.deepEqual(await finish(sql, undo), dead);
        assert.equal(await countFailures(sql, { state: "dead" }), 4);
        assert.equal(await startUndo(sql, clearing.id, namedActor("me")), null);
      });

      await t.step(
        "a retry resumes where another node stopped, and resets the attempts",
        async () => {
          const filter = { ids: [first, second] };
          const retry = await startOperation(sql, { kind: "retry", filter, by: namedActor("me") });
          await advanceOperation(sql, retry, 1);
          const [unfinished] = await listOperations(sql, { limit: 1, unfinished: true });
          assert.deepEqual([unfinished?.id, unfinished?.done], [retry.id, 1]);
          assert.deepEqual(await finish(sql, retry), [second]);
          const article = await readArticle(sql, first);
          assert.deepEqual([article?.state, article?.tries], ["pending", 0]);
          assert.equal(await countFailures(sql, {}), 3);
        },
      );

      await t.step("later failures are not affected", async () => {
        const clearing = await startOperation(sql, {
          kind: "clear",
          filter: {},
          by: namedActor("me"),
        });
        await settleBatch(sql, await settlement(sql, [first], { failing: () => "dead" }));
        assert.deepEqual(await finish(sql, clearing), dead.slice(1));
        assert.equal(await countFailures(sql, {}), 1);
      });
    },
  });
}
