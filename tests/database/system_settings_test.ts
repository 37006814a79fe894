import assert from "node:assert/strict";
import { migrate } from "../../lib/database/run_migrations.ts";
import { readSettings, settingChanges, writeSettings } from "../../lib/database/system_settings.ts";
import { DATABASES } from "../support/database.ts";

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: settings and migrations are stored`,
    ignore,
    async fn(t) {
      await using opened = await open();
      const { database, sql } = opened;

      await t.step("settings round-trip, with who changed what", async () => {
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
        "plain values of an older system are read, and other programs' settings are ignored",
        async () => {
          await sql`INSERT INTO system_settings (key, value)
          VALUES ('processor.note', 'plain words'), ('crawler.speed', '7')`;
          const { note, speed } = await readSettings(sql);
          assert.deepEqual([note, speed], ["plain words", undefined]);
        },
      );

      await t.step("an applied migration that was edited is rejected", async () => {
        assert.deepEqual(await migrate(database), []);
        await sql`UPDATE schema_migrations SET checksum = 'x' WHERE name = '0001_stream.sql'`;
        await assert.rejects(migrate(database), /0001_stream\.sql was edited after it had been/);
      });
    },
  });
}
