import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { CHANNELS } from "../../lib/bus/bus.ts";
import { createMemoryBus } from "../../lib/bus/memory_bus.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { startOperation } from "../../lib/database/operations.ts";
import { createBulk } from "../../lib/processor/bulk_operations.ts";
import { addPlacement, emptyPlacement } from "../../lib/processor/placement.ts";
import { createMemoryQueue } from "../../lib/queue/memory_queue.ts";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import { eventually } from "../support/eventually.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";
import { namedActor } from "../../lib/wire/actor.ts";
import { recordedEvents } from "../support/recorded_events.ts";

const logger = getLogger("bulk_test");
const NODE = "a node";

/**
 * A database with queued failed articles: ids 1 to `retry` are in retry, and the next `dead` ids are dead.
 */
async function world({ retry, dead }: { retry: number; dead: number }) {
  await using starting = new AsyncDisposableStack();
  const server = starting.use(await startPostgres());
  const database = starting.use(await connectDatabase({ url: server.url, dataDir: "" }));
  await migrate(database);
  const { sql } = database;
  await sql`
    INSERT INTO article_states (article_id, state, tries, due_at, changed_at, error, fingerprint)
    SELECT
      id, CASE WHEN id <= ${retry} THEN 'retry' ELSE 'dead' END, 3, now(), now(),
      'broken at ' || id, 'cause ' || id % 2
    FROM generate_series(1, ${retry + dead}::int) AS id`;
  const bus = starting.use(createMemoryBus({ onError: (error) => assert.ifError(error) }));
  const queue = starting.use(createMemoryQueue({ publish: () => {} }));
  const placement = emptyPlacement();
  for (let id = 1; id <= retry + dead; id++) {
    const state = id <= retry ? "retry" : "dead";
    addPlacement(placement, { id, state, tries: 3, dueInMs: 60_000, changedAt: 1 });
  }
  await queue.place(placement);
  const published: { id: number; done: number; finished_at: number | null }[][] = [];
  starting.use(
    await bus.subscribe(CHANNELS.operations, (text) => published.push(JSON.parse(text))),
  );
  const moves = { count: 0 };
  const events = recordedEvents();
  const parts = { sql, queue, bus, events, logger, now: Date.now, onMoved: () => moves.count++ };
  const bulk = starting.use(createBulk(parts));
  const running = starting.move();
  return {
    ...{ sql, queue, bulk, parts, events, published, moves },
    async states(): Promise<Record<string, number>> {
      const rows = await sql<{ state: string; count: number }[]>`
        SELECT state, count(*) FROM article_states GROUP BY state`;
      return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
    },
    outbox: async () => (await sql`SELECT FROM outbox`).length,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

Deno.test({
  ...withPostgres(
    "a retry requeues all waiting articles in the database and the queue, and resets their attempts",
  ),
  async fn() {
    await using it = await world({ retry: 5_000, dead: 10 });
    const done = await it.bulk.move("retry", { state: "retry" }, namedActor("a test"));
    assert.equal(done.done, 5_000);
    assert.equal(done.askedBy, "a test");
    assert.notEqual(done.finishedAt, null);
    assert.deepEqual(await it.states(), { pending: 5_000, dead: 10 });
    assert.deepEqual(await it.queue.counts(), { pending: 5_000, retry: 0, dead: 10, active: 0 });
    assert.equal((await it.sql`SELECT FROM article_states WHERE tries = 0`).length, 5_000);
    assert.equal(await it.outbox(), 0);
  },
});

Deno.test({
  ...withPostgres("an operation's progress and end are published"),
  async fn() {
    await using it = await world({ retry: 5_000, dead: 0 });
    const { id } = await it.bulk.move("retry", {}, namedActor("a test"));
    const seen = it.published.map(([operation]) => operation);
    assert.deepEqual(seen.map((each) => [each?.id, each?.done]), [
      [id, 2_000],
      [id, 4_000],
      [id, 5_000],
    ]);
    assert.deepEqual(seen.map((each) => each?.finished_at === null), [true, true, false]);
    assert.equal(it.moves.count, 3);
  },
});

Deno.test({
  ...withPostgres("a clearing removes only dead letters, and can be undone once"),
  async fn() {
    await using it = await world({ retry: 10, dead: 3_000 });
    const cleared = await it.bulk.move("clear", {}, namedActor("a test"));
    assert.equal(cleared.done, 3_000);
    assert.deepEqual(await it.states(), { retry: 10, discarded: 3_000 });
    assert.deepEqual(await it.queue.counts(), { pending: 0, retry: 10, dead: 0, active: 0 });
    const undone = await it.bulk.undo(cleared.id, namedActor("another test"));
    assert.equal(undone?.done, 3_000);
    assert.deepEqual(await it.states(), { retry: 10, dead: 3_000 });
    assert.deepEqual(await it.queue.counts(), { pending: 0, retry: 10, dead: 3_000, active: 0 });
    assert.equal(await it.bulk.undo(cleared.id, namedActor("a test")), null);
    assert.equal(await it.bulk.undo(undone?.id ?? 0, namedActor("a test")), null);
  },
});

Deno.test({
  ...withPostgres("a clearing cannot be undone after ten minutes"),
  async fn() {
    await using it = await world({ retry: 0, dead: 5 });
    const { id } = await it.bulk.move("clear", {}, namedActor("a test"));
    await it.sql`UPDATE operations SET finished_at = now() - interval '601 seconds'`;
    assert.equal(await it.bulk.undo(id, namedActor("a test")), null);
    assert.deepEqual(await it.states(), { discarded: 5 });
  },
});

Deno.test({
  ...withPostgres(
    "a clearing of one cause keeps the others, and its undo restores only that cause",
  ),
  async fn() {
    await using it = await world({ retry: 0, dead: 10 });
    const cleared = await it.bulk.move("clear", { fingerprint: "cause 1" }, namedActor("a test"));
    assert.equal(cleared.done, 5);
    assert.deepEqual(await it.states(), { dead: 5, discarded: 5 });
    assert.equal(
      (await it.bulk.move("clear", { ids: [2], text: "at 2" }, namedActor("a test"))).done,
      1,
    );
    assert.equal((await it.bulk.undo(cleared.id, namedActor("a test")))?.done, 5);
    const left = await it.sql`SELECT article_id FROM article_states WHERE state = 'discarded'`;
    assert.deepEqual(left.map(({ articleId }) => articleId), [2]);
    assert.equal((await it.queue.counts()).dead, 9);
  },
});

Deno.test({
  ...withPostgres("a filter matches the conjunction of its parts"),
  async fn() {
    await using it = await world({ retry: 10, dead: 10 });
    const moved = async (filter: Parameters<typeof it.bulk.move>[1]) =>
      (await it.bulk.move("retry", filter, namedActor("a test"))).done;
    assert.equal(await moved({ ids: [3, 15, 999] }), 2);
    assert.equal(await moved({ fingerprint: "cause 1", state: "dead" }), 4);
    assert.equal(await moved({ text: "BROKEN AT 1", state: "retry" }), 2);
    assert.equal(await moved({ ids: [] }), 0);
    assert.deepEqual(await it.states(), { pending: 8, retry: 7, dead: 5 });
  },
});

Deno.test({
  ...withPostgres("an article that fails again during a bulk retry is not retried by it"),
  async fn() {
    await using it = await world({ retry: 6_000, dead: 0 });
    const failAgain = () =>
      it.sql`
      UPDATE article_states SET state = 'retry', changed_at = clock_timestamp() WHERE state = 'pending'`;
    let failing = Promise.resolve<unknown>(undefined);
    const bulk = createBulk({ ...it.parts, onMoved: () => failing = failAgain().execute() });
    const { done } = await bulk.move("retry", { state: "retry" }, namedActor("a test"));
    await failing;
    assert.equal(done, 6_000);
    await bulk[Symbol.asyncDispose]();
  },
});

Deno.test({
  ...withPostgres("with the broker away, no operation starts"),
  async fn() {
    await using it = await world({ retry: 10, dead: 0 });
    const away = () => Promise.reject(new BrokerUnreachableError("away"));
    await using bulk = createBulk({ ...it.parts, queue: { ...it.queue, ping: away } });
    await assert.rejects(bulk.move("retry", {}, namedActor("a test")), BrokerUnreachableError);
    assert.deepEqual(await it.states(), { retry: 10 });
    assert.equal((await it.sql`SELECT FROM operations`).length, 0);
  },
});

Deno.test({
  ...withPostgres("a started operation survives a broker outage: the outbox keeps its changes"),
  async fn() {
    await using it = await world({ retry: 3_000, dead: 0 });
    const away = () => Promise.reject(new BrokerUnreachableError("away"));
    const queue = { ...it.queue, place: away };
    const bus = { ...it.parts.bus, publish: away };
    await using bulk = createBulk({ ...it.parts, queue, bus });
    assert.equal((await bulk.move("retry", {}, namedActor("a test"))).done, 3_000);
    assert.deepEqual(await it.states(), { pending: 3_000 });
    assert.equal(await it.outbox(), 2);
  },
});

Deno.test({
  ...withPostgres("another node finishes the operation of a dead node"),
  async fn() {
    await using it = await world({ retry: 10, dead: 0 });
    await startOperation(it.sql, { kind: "retry", filter: {}, by: namedActor(NODE) });
    await it.sql`UPDATE operations SET asked_at = now() - interval '20 seconds'`;
    await it.sql`UPDATE article_states SET changed_at = now() - interval '1 minute'`;
    {
      await using living = createBulk(it.parts);
      living.start();
    }
    assert.deepEqual(await it.states(), { retry: 10 });
    await it.sql`UPDATE operations SET asked_at = now() - interval '40 seconds'`;
    it.bulk.start();
    await eventually(async () => assert.deepEqual(await it.states(), { pending: 10 }));
    await eventually(() => assert.notEqual(it.published.at(-1)?.[0]?.finished_at, null));
  },
});
