import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import {
  breakdownBegin,
  pruneBreakdown,
  putNodeSteps,
  readBreakdown,
} from "../../lib/database/breakdown_history.ts";
import { SPANS } from "../../lib/database/chart_history.ts";
import { openBreakdownRecorder } from "../../lib/status/breakdown_recorder.ts";
import { DATABASES, type OpenDatabase } from "../support/database.ts";

const NOW = Math.floor(Date.now() / 3_600_000) * 3_600_000;

const open = ({ sql }: OpenDatabase, node: string, now: () => number) =>
  openBreakdownRecorder({ sql, node, now, logger: getLogger("test") });

const read = async ({ sql }: OpenDatabase, by: "node" | "group") => {
  const rows = await readBreakdown(sql, "5m", by, { from: NOW, until: NOW + 300_000 });
  return rows.map(({ at, name, processed, failed }) => [
    (at - NOW) / 1_000,
    name,
    processed,
    failed,
  ]).sort();
};

for (const { kind, ignore, open: openDatabase } of DATABASES) {
  Deno.test({
    name: `settled counts are stored by node and by group, in bounded space (${kind})`,
    ignore,
    async fn(t) {
      await using opened = await openDatabase();
      const { sql } = opened;
      await sql`INSERT INTO article_groups (id, name) VALUES (7, 'poems')`;
      let now = NOW + 1_000;

      await t.step("settlements within a step are summed by node and by group", async () => {
        await using a = await open(opened, "a", () => now);
        await using b = await open(opened, "b", () => now);
        a.add([{ group: 1, processed: 3, failed: 1 }, { group: 7, processed: 2, failed: 0 }]);
        a.add([{ group: 7, processed: 5, failed: 0 }]);
        b.add([{ group: 7, processed: 1, failed: 1 }]);
        now += 5_000;
        b.add([{ group: 99, processed: 4, failed: 0 }]);
        await Promise.all([a.stop(), b.stop()]);
        assert.deepEqual(await read(opened, "node"), [
          [0, "a", 10, 1],
          [0, "b", 1, 1],
          [5, "b", 4, 0],
        ]);
        assert.deepEqual(await read(opened, "group"), [
          [0, "default", 3, 1],
          [0, "poems", 8, 1],
          // An unnamed or deleted group.
          [5, "#99", 4, 0],
        ]);
        assert.equal(await breakdownBegin(sql, "5m"), NOW);
      });

      await t.step("a restarted node continues its current step", async () => {
        await using again = await open(opened, "b", () => now);
        again.add([{ group: 7, processed: 6, failed: 0 }]);
        await again.stop();
        assert.deepEqual((await read(opened, "node")).at(-1), [5, "b", 10, 0]);
      });

      await t.step("the busiest groups are kept, and the others are summed", async () => {
        await using many = await open(opened, "c", () => now + 60_000);
        many.add(
          Array.from({ length: 700 }, (_, n) => ({ group: n + 1, processed: n + 1, failed: 0 })),
        );
        await many.stop();
        const rows = (await read(opened, "group")).filter(([at]) => at === 65);
        assert.equal(rows.length, 21);
        const total = rows.reduce((sum, [, , processed]) => sum + Number(processed), 0);
        assert.equal(total, 700 * 701 / 2);
        assert.ok(rows.some(([, name]) => name === null));
      });

      await t.step("rows older than the retention are deleted", async () => {
        const old = NOW - SPANS["5m"].kept * 1_000 - 7_200_000;
        await putNodeSteps(sql, "a", [{ span: "5m", at: old, groups: { 1: [1, 0] } }]);
        assert.equal(await breakdownBegin(sql, "5m"), old);
        await pruneBreakdown(sql);
        assert.notEqual(await breakdownBegin(sql, "5m"), old);
      });
    },
  });
}
