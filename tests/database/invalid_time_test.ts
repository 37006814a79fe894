import assert from "node:assert/strict";
import { connectDatabase, type Database } from "../../lib/database/connect.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";

/** Runs a query with each time on a busy connection, whose other queries must get their own results. */
async function tryTimes(database: Database) {
  const { sql } = database;
  const echo = (n: number) => sql`SELECT ${n}::int8 AS n`.then(([row]) => row!.n);
  const read = (ms: number) => sql`SELECT ${ms}::timestamptz AS at`.then(([row]) => row!.at);
  assert.equal(await read(1_000), 1_000);
  assert.equal(await echo(0), 0);
  for (const invalid of [NaN, Infinity, 8_640_000_000_000_001, -8_640_000_000_000_001]) {
    const results = await Promise.allSettled([echo(1), read(invalid), echo(2), read(5), echo(3)]);
    const values = results.map((each) => each.status === "fulfilled" ? each.value : "rejected");
    assert.deepEqual(values, [1, "rejected", 2, 5, 3]);
  }
}

Deno.test("an invalid time fails alone and does not hang the connection, on the embedded Postgres", async () => {
  const dataDir = await Deno.makeTempDir();
  {
    await using database = await connectDatabase({ url: null, dataDir });
    await tryTimes(database);
  }
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test({
  ...withPostgres("an invalid time fails alone and does not hang the connection, on a server"),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await tryTimes(database);
  },
});
