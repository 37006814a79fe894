import assert from "node:assert/strict";
import {
  ARTICLE_STATES,
  type ArticleEvent,
  type ArticleState,
  nextState,
} from "../../lib/article/state_machine.ts";
import { processAgain } from "../../lib/database/article_detail.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { loadBatch } from "../../lib/database/load_batch.ts";
import { advanceOperation, startOperation, startUndo } from "../../lib/database/operations.ts";
import { settleBatch, type Settlement } from "../../lib/database/settle.ts";
import { DATABASES } from "../support/database.ts";
import { namedActor } from "../../lib/wire/actor.ts";

const FAILURE = { reason: "threw" as const, message: "It fails.", stack: null };

async function newArticle(sql: Sql): Promise<number> {
  const [row] = await sql<{ id: number }[]>`
    INSERT INTO original_articles (title, content) VALUES ('t', 'c') RETURNING id::int8`;
  assert.ok(row);
  return row.id;
}

async function settle(sql: Sql, id: number, outcome: "processed" | "retry" | "dead") {
  const [loaded] = await loadBatch(sql, [id]);
  assert.ok(loaded);
  const { revision, groupId } = loaded;
  const settlement: Settlement = outcome === "processed"
    ? { kind: "processed", id, revision, groupId, title: "t", paragraphs: ["p"] }
    : {
      kind: "failed",
      id,
      revision,
      groupId,
      next: outcome,
      dueInMs: outcome === "retry" ? 0 : null,
      failure: FAILURE,
      fingerprint: `f${id}`,
    };
  await settleBatch(sql, { node: "n", day: "20260101", elapsedMs: 1, settlements: [settlement] });
}

async function operate(sql: Sql, kind: "retry" | "clear", id: number): Promise<number> {
  const operation = await startOperation(sql, {
    kind,
    filter: { fingerprint: `f${id}` },
    by: namedActor("a test"),
  });
  await advanceOperation(sql, operation, 100);
  await advanceOperation(sql, operation, 100);
  return operation.id;
}

/** The clearing that discarded an article, to undo it. */
const clearings = new Map<number, number>();

/** Triggers each event of an article as the application does. */
const EVENTS: Record<ArticleEvent, (sql: Sql, id: number) => Promise<unknown>> = {
  processed: (sql, id) => settle(sql, id, "processed"),
  failed: (sql, id) => settle(sql, id, "retry"),
  exhausted: (sql, id) => settle(sql, id, "dead"),
  retried: (sql, id) => operate(sql, "retry", id),
  cleared: async (sql, id) => void clearings.set(id, await operate(sql, "clear", id)),
  async undone(sql, id) {
    const clearing = clearings.get(id);
    const undo = clearing === undefined
      ? null
      : await startUndo(sql, clearing, namedActor("a test"));
    if (undo !== null) await advanceOperation(sql, undo, 100);
  },
  edited: (sql, id) => sql`UPDATE original_articles SET content = content || '+' WHERE id = ${id}`,
  reprocessed: (sql, id) => processAgain(sql, id, "a test"),
};

/** The events from a new article to each state. */
const PATHS: Record<ArticleState, ArticleEvent[]> = {
  pending: [],
  retry: ["failed"],
  dead: ["exhausted"],
  processed: ["processed"],
  discarded: ["exhausted", "cleared"],
};

async function stateOf(sql: Sql, id: number) {
  const [row] = await sql<{ state: ArticleState; firstFailedAt: number | null; tries: number }[]>`
    SELECT state, first_failed_at, tries FROM article_states WHERE article_id = ${id}`;
  assert.ok(row);
  return row;
}

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: every event in every state follows the transition table`,
    ignore,
    async fn() {
      await using it = await open();
      const { sql } = it;
      for (const state of ARTICLE_STATES) {
        for (const [event, happen] of Object.entries(EVENTS)) {
          const id = await newArticle(sql);
          for (const step of PATHS[state]) await EVENTS[step](sql, id);
          assert.equal((await stateOf(sql, id)).state, state);
          await happen(sql, id);
          const expected = nextState(state, event as ArticleEvent) ?? state;
          assert.equal((await stateOf(sql, id)).state, expected, `${state}, ${event}`);
        }
      }
    },
  });

  Deno.test({
    name: `${kind}: firstFailedAt is the first failure since the article was new or processed`,
    ignore,
    async fn() {
      await using it = await open();
      const { sql } = it;
      const again: ArticleEvent[] = ["reprocessed", "edited", "retried"];
      for (const event of again) {
        const id = await newArticle(sql);
        await EVENTS.exhausted(sql, id);
        await sql`
          UPDATE article_states SET first_failed_at = now() - interval '1 year'
          WHERE article_id = ${id}`;
        await EVENTS[event](sql, id);
        assert.equal((await stateOf(sql, id)).firstFailedAt, null, event);
        await EVENTS.failed(sql, id);
        const { firstFailedAt } = await stateOf(sql, id);
        assert.ok(firstFailedAt !== null && Date.now() - firstFailedAt < 600_000, event);
        await EVENTS.failed(sql, id);
        assert.equal(
          (await stateOf(sql, id)).firstFailedAt,
          firstFailedAt,
          "the first time is kept",
        );
        await EVENTS.processed(sql, id);
        assert.equal((await stateOf(sql, id)).firstFailedAt, null, "it is reset");
      }
    },
  });
}
