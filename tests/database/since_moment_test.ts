import assert from "node:assert/strict";
import { insertSample } from "../../lib/database/chart_history.ts";
import { causesSince, processedAt } from "../../lib/database/since_moment.ts";
import { DATABASES } from "../support/database.ts";

const HOUR_MS = 3_600_000;

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `changes are counted since a given time (${kind})`,
    ignore,
    async fn(t) {
      await using opened = await open();
      const { sql } = opened;
      const now = Date.now();

      await t.step(
        "the count at a given time is the last sample before it",
        async () => {
          await sql`DELETE FROM history`;
          const counts = { failed: 0, retried: 0, pending: 0, retry: 0, dead: 0 };
          await insertSample(sql, { at: now - 50 * HOUR_MS, processed: 10, ...counts });
          await insertSample(sql, { at: now - HOUR_MS / 2, processed: 20, ...counts });
          assert.equal(await processedAt(sql, now - 20_000), 20);
          assert.equal(await processedAt(sql, now - 40 * HOUR_MS), 10);
          assert.equal(await processedAt(sql, now - 60 * HOUR_MS), 10);
          assert.equal(await processedAt(sql, now - 400 * 24 * HOUR_MS), null);
        },
      );

      await t.step(
        "a cause is new since it was first seen, and causes from older versions are never new",
        async () => {
          await sql`INSERT INTO failure_labels (kind, label, first_at) VALUES ('cause', 'older', NULL)`;
          await sql`
          INSERT INTO failure_labels (kind, label, first_at)
          VALUES ('cause', 'yesterday', now() - interval '1 day')`;
          await sql`SELECT failure_label('cause', 'new')`;
          assert.deepEqual(await causesSince(sql, now - HOUR_MS, 20), ["new"]);
          assert.deepEqual(await causesSince(sql, now - 48 * HOUR_MS, 20), ["yesterday", "new"]);
        },
      );
    },
  });
}
