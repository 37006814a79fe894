import assert from "node:assert/strict";
import { z } from "zod";
import type { Sql } from "../../lib/database/postgres_client.ts";
import type { RedisConnection } from "../../lib/redis/redis_connection.ts";
import type { Counts } from "./audit_counts.ts";

const names = z.array(z.string());
const page = z.tuple([z.string(), names]);
const count = z.coerce.number();

/** Asserts that the queue contains only the dead letters, and that its counters match the rows. */
export async function auditQueue(broker: RedisConnection, sql: Sql, counts: Counts): Promise<void> {
  const key = (name: string) => broker.prefix + name;
  const countOf = async (...command: string[]) => count.parse(await broker.send(command) ?? 0);
  const stat = (field: string) => countOf("HGET", key("processor:stats"), field);
  const active = (await keysLike(broker, key("processor:active:*")))
    // Values of other programs are kept under such names.
    .filter((name) => !name.includes(":foreign:"));
  assert.deepEqual(
    {
      pending: await countOf("LLEN", key("pending:articles")),
      retry: await countOf("ZCARD", key("pending:articles:retry")),
      dead: await countOf("ZCARD", key("pending:articles:dead")),
      active,
      tries: await keysLike(broker, key("processor:retry:*")),
      processed: await stat("total_processed"),
      failed: await stat("total_failed"),
      retried: await stat("total_retried"),
    },
    {
      pending: 0,
      retry: 0,
      dead: counts.dead,
      active: [],
      tries: [],
      processed: counts.processed,
      failed: counts.attempts,
      retried: counts.attempts - counts.deaths,
    },
    "the queue's contents and counters",
  );
  const days = await sql<{ day: string; processed: number }[]>`
    SELECT to_char(day, 'YYYYMMDD') AS day, sum(processed)::int8 AS processed
    FROM processor_tally GROUP BY day`;
  for (const { day, processed } of days) {
    assert.equal(await countOf("GET", key(`processor:processed:${day}`)), processed, `of ${day}`);
  }
}

async function keysLike(broker: RedisConnection, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor = "0";
  do {
    const reply = await broker.send(["SCAN", cursor, "MATCH", pattern, "COUNT", "1000"]);
    const [next, keys] = page.parse(reply);
    for (const key of keys) found.add(key);
    cursor = next;
  } while (cursor !== "0");
  return [...found];
}
