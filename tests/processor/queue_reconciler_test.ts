import assert from "node:assert/strict";
import { compare } from "../../lib/processor/queue_reconciler.ts";
import { emptyPlacement } from "../../lib/processor/placement.ts";
import { createMemoryQueue } from "../../lib/queue/memory_queue.ts";
import type { Queue } from "../../lib/queue/queue.ts";
import { DATABASES } from "../support/database.ts";
import { hasRedis, startRedis } from "../support/redis.ts";
import { createRedisSubject } from "../queue/redis_subject.ts";

const QUEUES: { kind: string; ignore: boolean; open: () => Promise<[Queue, AsyncDisposable]> }[] = [
  {
    kind: "in memory",
    ignore: false,
    open() {
      const queue = createMemoryQueue({ publish: () => {} });
      return Promise.resolve([queue, queue]);
    },
  },
  {
    kind: "on Redis",
    ignore: !hasRedis,
    async open() {
      const server = await startRedis();
      const subject = await createRedisSubject(server.url, "p:");
      return [subject.queue, {
        async [Symbol.asyncDispose]() {
          await subject[Symbol.asyncDispose]();
          await server[Symbol.asyncDispose]();
        },
      }];
    },
  },
];

const rest = () => Promise.resolve();

for (const { kind, ignore, open } of QUEUES) {
  Deno.test({
    name: `${kind}: a comparison enqueues exactly the ids that the queue lacks`,
    ignore,
    async fn() {
      const [embedded] = DATABASES;
      assert.ok(embedded);
      await using it = await embedded.open();
      const [queue, owner] = await open();
      await using _owner = owner;
      const { sql } = it;
      await sql`
        INSERT INTO original_articles (title, content) SELECT 't', 'c' FROM generate_series(1, 6000)`;
      await sql`
        UPDATE article_states SET state = 'retry', due_at = now() + interval '1 hour'
        WHERE article_id IN (5997, 5998)`;
      await sql`UPDATE article_states SET state = 'dead' WHERE article_id IN (5999, 6000)`;
      const pending = Array.from({ length: 5_990 }, (_, i) => i + 1);
      const dueInMs = 3_600_000;
      await queue.place({
        ...emptyPlacement(),
        pending,
        retry: [{ id: 5_997, dueInMs, tries: 1 }],
        dead: [{ id: 5_999, diedAt: Date.now() }],
      });
      const held = await queue.take("a", 50);
      assert.equal(held.length, 50);
      const parts = { sql, queue };
      const { signal } = new AbortController();
      const first = await compare(parts, rest, signal);
      // Pending ids 5,991 to 5,996, one retry and one dead letter.
      assert.deepEqual([first?.database, first?.missing, first?.queue], [6_000, 8, 6_000]);
      assert.deepEqual(await queue.counts(), { pending: 5_946, retry: 2, dead: 2, active: 50 });
      const second = await compare(parts, rest, signal);
      assert.deepEqual([second?.database, second?.missing, second?.queue], [6_000, 0, 6_000]);
      assert.equal(second?.misplaced, 0);
    },
  });

  Deno.test({
    name: `${kind}: a comparison places failed ids where the database has them`,
    ignore,
    async fn() {
      const [embedded] = DATABASES;
      assert.ok(embedded);
      await using it = await embedded.open();
      const [queue, owner] = await open();
      await using _owner = owner;
      const { sql } = it;
      await sql`
        INSERT INTO original_articles (title, content) SELECT 't', 'c' FROM generate_series(1, 5)`;
      await sql`
        UPDATE article_states SET state = (ARRAY['processed', 'dead', 'retry', 'discarded', 'dead'])[article_id],
          changed_at = now() - interval '1 minute',
          due_at = CASE WHEN article_id = 3 THEN now() + interval '1 hour' END`;
      const dead = [1, 2, 3, 4, 5, 999].map((id) => ({ id, diedAt: 1 }));
      await queue.place({ ...emptyPlacement(), dead });
      const { signal } = new AbortController();
      const first = await compare({ sql, queue }, rest, signal);
      assert.deepEqual([first?.database, first?.misplaced], [3, 3]);
      // The article of 999 may not be committed yet: the node that takes it decides.
      assert.deepEqual(await queue.counts(), { pending: 1, retry: 1, dead: 2, active: 0 });
      assert.deepEqual(await queue.take("a", 5), [999]);
    },
  });
}
