import assert from "node:assert/strict";
import { insertSample, pruneHistory, readHistory } from "../../lib/database/history.ts";
import { migrate } from "../../lib/database/migrate.ts";
import { readSettings, settingChanges, writeSettings } from "../../lib/database/settings.ts";
import { DATABASES } from "../support/database.ts";

const HOUR = 3_600_000;

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: settings, history and migrations are kept`,
    ignore,
    async fn(t) {
      await using opened = await open();
      const { database, sql } = opened;

      await t.step("settings come back as they went in, with who changed what", async () => {
        await writeSettings(sql, { batch_size: 10, advertising_phrases: ["广告"] }, "me");
        await writeSettings(sql, { batch_size: 10, enabled: false }, "you");
        assert.deepEqual(await readSettings(sql), {
          batch_size: 10,
          advertising_phrases: ["广告"],
          enabled: false,
        });
        const changes = await settingChanges(sql, { limit: 10 });
        assert.deepEqual(changes.map(({ by, key }) => [by, key]), [
          ["you", "enabled"],
          ["me", "batch_size"],
          ["me", "advertising_phrases"],
        ]);
      });

      await t.step(
        "an older system's plain words are read, other programs' settings are not",
        async () => {
          await sql`INSERT INTO system_settings (key, value)
          VALUES ('processor.note', 'plain words'), ('crawler.speed', '7')`;
          const { note, speed } = await readSettings(sql);
          assert.deepEqual([note, speed], ["plain words", undefined]);
        },
      );

      await t.step("a step of the history has one sample, whose counts only rise", async () => {
        const at = Math.floor(Date.now() / 60_000) * 60_000;
        const sample = { at, processed: 5, failed: 1, retried: 1, pending: 3, retry: 0, dead: 1 };
        await insertSample(sql, sample);
        await insertSample(sql, { ...sample, at: at + 10, processed: 4, pending: 9 });
        const until = at + 1_000;
        assert.deepEqual(await readHistory(sql, "5m", { until }), [{ ...sample, pending: 9 }]);
      });

      await t.step("of what is no longer kept the newest stays to count from", async () => {
        const old = { processed: 1, failed: 0, retried: 0, pending: 0, retry: 0, dead: 0 };
        await insertSample(sql, { at: Date.now() - 3 * HOUR, ...old });
        const before = await sql`SELECT FROM history WHERE span = '5m'`;
        await pruneHistory(sql);
        const after = await sql`SELECT FROM history WHERE span = '5m'`;
        assert.deepEqual([before.length, after.length], [2, 1]);
      });

      await t.step("a migration that was edited after it was applied is refused", async () => {
        assert.deepEqual(await migrate(database), []);
        await sql`UPDATE schema_migrations SET checksum = 'x' WHERE name = '0001_stream.sql'`;
        await assert.rejects(migrate(database), /0001_stream\.sql was edited after it had been/);
      });
    },
  });
}
