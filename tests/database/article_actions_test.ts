import assert from "node:assert/strict";
import { processAgain, readArticle } from "../../lib/database/article_detail.ts";
import { advanceOperation, startOperation, startUndo } from "../../lib/database/operations.ts";
import { settleBatch } from "../../lib/database/settle.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import type { Actor } from "../../lib/wire/actor.ts";
import { DATABASES } from "../support/database.ts";
import { settlement, store } from "./produce.ts";

const ANNA: Actor = { name: "anna", role: "operator", address: "192.0.2.7" };

async function historyOf(sql: Sql, id: number) {
  const found = await readArticle(sql, id) ?? assert.fail();
  return {
    actions: found.actions.map(({ kind, by }) => [kind, by]),
    paragraphs: found.results.map(({ paragraphs }) => paragraphs),
    tries: found.attempts.length,
  };
}

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: an article's history stores each result, and who requested another one`,
    ignore,
    async fn(t) {
      await using opened = await open();
      const { sql } = opened;
      const ids = await store(sql, 3);
      const [first = 0] = ids;
      const settle = async (about: Parameters<typeof settlement>[2]) =>
        await settleBatch(sql, await settlement(sql, ids, about));

      await t.step("a new article has no history", async () => {
        assert.deepEqual(await historyOf(sql, first), { actions: [], paragraphs: [], tries: 0 });
      });

      await t.step("reprocessing stores the actor and the previous result", async () => {
        await settle({ paragraphs: ["一", "二"] });
        assert.notEqual(await processAgain(sql, first, "bo"), null);
        assert.equal(await processAgain(sql, first, "bo"), null, "it is pending already");
        await settle({ paragraphs: ["一"] });
        const { actions, results } = await readArticle(sql, first) ?? assert.fail();
        assert.deepEqual(actions.map(({ by, operationId }) => [by, operationId]), [["bo", null]]);
        assert.deepEqual(results.map(({ paragraphs }) => paragraphs), [2, 1]);
        assert.ok(results[0]!.at <= actions[0]!.at && actions[0]!.at <= results[1]!.at);
      });

      await t.step("an edit by any program is an action without an actor", async () => {
        await sql`UPDATE original_articles SET content = '另一篇' WHERE id = ${first}`;
        const { actions, paragraphs } = await historyOf(sql, first);
        assert.deepEqual(actions, [["process_again", "bo"], ["edit", null]]);
        assert.deepEqual(paragraphs, [2, 1], "a result that is not replaced yet counts once");
      });

      await t.step("bulk operations store their actor for each article", async () => {
        for (const id of ids.slice(1)) await processAgain(sql, id, "bo");
        await settle({ failing: () => "dead" });
        const clearing = await startOperation(sql, { kind: "clear", filter: {}, by: ANNA });
        assert.equal(clearing.askedBy, "anna (operator) at 192.0.2.7");
        await advanceOperation(sql, clearing, 100);
        const undo = await startUndo(sql, clearing.id, ANNA) ?? assert.fail();
        await advanceOperation(sql, undo, 100);
        const retry = await startOperation(sql, { kind: "retry", filter: {}, by: ANNA });
        await advanceOperation(sql, retry, 100);
        const bulk = [["clear", "anna"], ["undo", "anna"], ["retry", "anna"]];
        for (const id of ids.slice(1)) {
          assert.deepEqual(await historyOf(sql, id), {
            actions: [["process_again", "bo"], ...bulk],
            paragraphs: [2],
            tries: 1,
          });
        }
        const { actions } = await readArticle(sql, first) ?? assert.fail();
        assert.deepEqual(actions.slice(-3).map(({ operationId }) => operationId), [
          clearing.id,
          undo.id,
          retry.id,
        ]);
      });
    },
  });
}
