import assert from "node:assert/strict";
import { connectDatabase } from "../../lib/database/connect.ts";

Deno.test("a backup that cannot be written fails alone, and leaves Postgres and its folder alone", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "millrace-backup-" });
  {
    await using database = await connectDatabase({ url: null, dataDir });
    const { sql, backup } = database;
    assert.ok(backup !== null);
    // Lost if Postgres were restarted.
    await sql`create temporary table session_mark as select 7 as value`;
    const taken = `${dataDir}/taken`;
    await Deno.writeTextFile(taken, "another file");
    await assert.rejects(backup(taken), /^Error: Cannot back up the database: .*exists/);
    await assert.rejects(backup(`${dataDir}/missing/backup`), /Cannot back up the database/);
    assert.equal(await Deno.readTextFile(taken), "another file");
    assert.deepEqual([...await sql`select value from session_mark`], [{ value: 7 }]);
    await backup(`${dataDir}/backup`);
    assert.ok((await Deno.stat(`${dataDir}/backup`)).size > 100_000);
  }
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("a backup under way is no outage, however long it takes", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "millrace-backup-" });
  {
    await using database = await connectDatabase({ url: null, dataDir });
    assert.ok(database.backup !== null);
    let isDone = false;
    const saved = database.backup(`${dataDir}/backup`).then(() => isDone = true);
    await database.ping();
    assert.ok(!isDone, "the ping waited for the backup");
    await saved;
    await database.ping();
  }
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("a backup that fails halfway leaves no file", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "millrace-backup-" });
  {
    await using database = await connectDatabase({ url: null, dataDir });
    assert.ok(database.backup !== null);
    // No tar has a name so long.
    await Deno.writeTextFile(`${dataDir}/embedded/${"n".repeat(120)}`, "");
    await assert.rejects(database.backup(`${dataDir}/backup`), /too long for a tar/);
    await assert.rejects(Deno.stat(`${dataDir}/backup`), Deno.errors.NotFound);
    assert.deepEqual([...await database.sql`select 1 as one`], [{ one: 1 }]);
  }
  await Deno.remove(dataDir, { recursive: true });
});
