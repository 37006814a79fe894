import assert from "node:assert/strict";
import { insertTimings, pruneTimings, readTimings } from "../../lib/database/timing_history.ts";
import { SPANS } from "../../lib/database/chart_history.ts";
import { DATABASES } from "../support/database.ts";

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `timing counts are stored at every span's resolution, in bounded space (${kind})`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const now = (Math.floor(Date.now() / 5_000) + 3) * 5_000;
      const counts = (count: number) => ({ wait: [count], run: [0, count] });
      const [begin, ...others] = await readTimings(sql, "5m");
      assert.deepEqual([begin?.nodes, others], [{}, []], "the baseline of the first step");
      await insertTimings(sql, { at: now - 5_000, nodes: { a: counts(1) } });
      await insertTimings(sql, { at: now, nodes: { a: counts(2), b: counts(7) } });
      await insertTimings(sql, { at: now + 100, nodes: { a: counts(3) } });
      assert.deepEqual(await readTimings(sql, "5m", { until: now + 1_000 }), [
        begin,
        { at: now - 5_000, nodes: { a: counts(1) } },
        // A node that stopped within the step keeps its counts.
        { at: now, nodes: { a: counts(3), b: counts(7) } },
      ]);

      const old = now - SPANS["5m"].kept * 1_000 - 60_000;
      await insertTimings(sql, { at: old - 5_000, nodes: { a: counts(1) } });
      await insertTimings(sql, { at: old, nodes: { a: counts(1) } });
      await pruneTimings(sql);
      assert.deepEqual(await readTimings(sql, "5m", { until: old + 1_000 }), [
        { at: old, nodes: { a: counts(1) } },
      ]);
    },
  });
}
