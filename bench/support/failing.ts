import type { Sql } from "../../lib/database/postgres_client.ts";
import { loadBatch } from "../../lib/database/load_batch.ts";
import { advanceOperation, startOperation } from "../../lib/database/operations.ts";
import { settleBatch } from "../../lib/database/settle.ts";
import { namedActor } from "../../lib/wire/actor.ts";
import { sleep } from "../../lib/runtime/sleep.ts";

const ROUND_MS = 100;
const REASONS = ["threw", "timed_out", "crashed"] as const;

/** A background load of failing and retried articles. */
export interface Failing extends AsyncDisposable {
  /** The average rates so far. */
  perSecond(): { failed: number; retried: number };
}

/**
 * Each tenth of a second, settles `each` pending articles as failed, with three reasons on two nodes, and
 * retries as many dead letters, in the database only, as other nodes would. Disposal stops it.
 */
export function startFailing(sql: Sql, each: number): Failing {
  const began = performance.now();
  const counts = { failed: 0, retried: 0 };
  const stopping = new AbortController();

  async function fail(round: number) {
    const rows = await sql<{ id: number }[]>`
      SELECT article_id AS id FROM article_states
      WHERE state = 'pending' ORDER BY article_id DESC LIMIT ${each}`;
    const loaded = await loadBatch(sql, rows.map(({ id }) => id));
    await settleBatch(sql, {
      node: `node-${round % 2}`,
      day: "20260102",
      elapsedMs: 1,
      settlements: loaded.map(({ id, revision, groupId }) => ({
        kind: "failed",
        id,
        revision,
        groupId,
        next: "dead",
        dueInMs: null,
        failure: { reason: REASONS[id % 3]!, message: `boo ${id}`, stack: null },
        fingerprint: `${REASONS[id % 3]}: boo #`,
      })),
    });
    counts.failed += loaded.length;
  }

  async function retry() {
    const rows = await sql<{ id: number }[]>`
      SELECT article_id AS id FROM article_states
      WHERE state = 'dead' AND article_id > random() * (SELECT max(id) FROM original_articles)
      ORDER BY article_id LIMIT ${each}`;
    const filter = { ids: rows.map(({ id }) => id) };
    const operation = await startOperation(sql, { kind: "retry", filter, by: namedActor("bench") });
    counts.retried += (await advanceOperation(sql, operation, each + 1)).moved.length;
  }

  async function run() {
    for (let round = 0; !stopping.signal.aborted; round++) {
      const next = began + round * ROUND_MS - performance.now();
      if (next > 0) await sleep(next);
      await fail(round);
      await retry();
    }
  }

  const running = run();
  return {
    perSecond() {
      const seconds = (performance.now() - began) / 1_000;
      return { failed: counts.failed / seconds, retried: counts.retried / seconds };
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}
