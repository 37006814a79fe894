import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import {
  insertSample,
  pruneHistory,
  readHistory,
  readHistoryBegin,
  SPANS,
} from "../../lib/database/chart_history.ts";
import { readTimings } from "../../lib/database/timing_history.ts";
import { readRows } from "../../lib/database/query.ts";
import { createHistoryRecorder } from "../../lib/status/history_recorder.ts";
import type { ProcessorStatus } from "../../lib/wire/processor_status.ts";
import { DATABASES, type OpenDatabase } from "../support/database.ts";
import { z } from "zod";

const DAY_MS = 86_400_000;

const sample = (at: number, processed: number) => ({
  at,
  processed,
  failed: 0,
  retried: 0,
  pending: 4,
  retry: 0,
  dead: 0,
});

async function rowsBySpan({ sql }: OpenDatabase): Promise<Record<string, number>> {
  const rows = await readRows(
    z.object({ span: z.string(), count: z.number() }),
    () => sql`SELECT span, count(*) AS count FROM history GROUP BY span`,
  );
  return Object.fromEntries(rows.map(({ span, count }) => [span, count]));
}

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `the history is stored at every span's resolution, in bounded space (${kind})`,
    ignore,
    async fn(t) {
      await using opened = await open();
      const { sql } = opened;
      // The middle of a half-hour step, so that one more second stays within it.
      const now = Math.floor(Date.now() / 1_800_000) * 1_800_000 - 900_000;

      await t.step(
        "the first step has a baseline to count from",
        async () => {
          for (const span of Object.keys(SPANS) as (keyof typeof SPANS)[]) {
            const [first, ...others] = await readHistory(sql, span);
            assert.deepEqual([first?.processed, first?.failed, others], [0, 0, []]);
            assert.ok(first!.at <= Date.now() - SPANS[span].step * 1_000);
            const begin = await readHistoryBegin(sql);
            assert.ok(begin! > first!.at && begin! <= first!.at + 2_000 * SPANS[span].step, span);
          }
          await sql`DELETE FROM history`;
          assert.equal(await readHistoryBegin(sql), null);
        },
      );

      await t.step("the last sample of a step wins, and counters only increase", async () => {
        await insertSample(sql, sample(now, 10));
        await insertSample(sql, sample(now + 1_000, 20));
        await insertSample(sql, sample(now + 1_000, 15));
        assert.deepEqual(await rowsBySpan(opened), { "5m": 2, "1h": 1, "24h": 1, "7d": 1 });
        const counts = (await readHistory(sql, "1h")).map(({ processed }) => processed);
        assert.deepEqual(counts, [20]);
      });

      await t.step(
        "a span includes the sample before it as the baseline",
        async () => {
          await insertSample(sql, sample(now - 3_700_000, 1));
          await insertSample(sql, sample(now - 3_800_000, 0));
          const samples = await readHistory(sql, "1h", { until: now });
          assert.deepEqual(samples.map(({ processed }) => processed), [1, 20]);
          assert.deepEqual(
            (await readHistory(sql, "1h", { until: now - 60_000 })).map(({ processed }) =>
              processed
            ),
            [1],
          );
        },
      );

      await t.step("a running stream has a sample for each second", async () => {
        const historyRecorder = createHistoryRecorder(
          sql,
          getLogger("test"),
          ({ nodes }) => Promise.resolve(nodes),
        );
        const began = Date.now() - 60_000;
        for (let n = 0; n < 20; n++) {
          const counts = { processed_total: 100 + n, failed_total: 0, retried_total: 0 };
          const depths = { queue_pending: 0, queue_retry: 0, queue_dead: 0 };
          const run = { counts: [0, n], sum: n };
          const nodes = [{ node: "a", wait: { counts: [n], sum: 0 }, run }, { node: "older" }];
          const at = began + n * 490;
          historyRecorder.note({ ...counts, ...depths, nodes, at } as unknown as ProcessorStatus);
          await historyRecorder.stop();
        }
        const samples = (await readHistory(sql, "5m")).filter(({ at }) => at > began - 1_000);
        const first = samples[0]!.at;
        assert.deepEqual(
          samples.map(({ at }) => (at - first) / 1_000),
          samples.map((_, n) => n),
        );
        assert.ok(samples.length >= 9);
        const timings = (await readTimings(sql, "5m")).filter(({ nodes }) => "a" in nodes);
        const [last] = timings.at(-1)?.nodes.a?.wait ?? [];
        assert.ok(timings.length >= 2 && last !== undefined && last >= 17);
        assert.deepEqual(timings.at(-1)?.nodes, { a: { wait: [last], run: [0, last] } });
      });

      await t.step(
        "samples older than the retention are deleted, except one baseline per span",
        async () => {
          for (let days = 1; days <= 800; days += 20) {
            await insertSample(sql, sample(now - days * DAY_MS, 0));
          }
          await pruneHistory(sql);
          for (const [span, { kept }] of Object.entries(SPANS)) {
            const [{ older } = { older: 0 }] = await sql<{ older: number }[]>`
              SELECT count(*) AS older FROM history
              WHERE span = ${span} AND at < now() - ${kept}::float8 * interval '1 s'`;
            assert.equal(older, 1, span);
          }
          assert.ok((await rowsBySpan(opened))["7d"]! < 25);
          await sql`UPDATE history SET at = at - interval '400 days' WHERE span = '5m'`;
          await pruneHistory(sql);
          assert.equal((await rowsBySpan(opened))["5m"], 1);
        },
      );
    },
  });
}
