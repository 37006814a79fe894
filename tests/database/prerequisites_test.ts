import assert from "node:assert/strict";
import { openClient, type Sql } from "../../lib/database/postgres_client.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { findLacks, FUNCTIONS, prepareDatabase, TABLES } from "../../lib/database/prerequisites.ts";
import { startPostgres, type TestPostgres, withPostgres } from "../support/postgres.ts";

const urlOf = ({ port }: TestPostgres) => `postgres://reader@127.0.0.1:${port}/postgres`;

/** A migrated database of another owner, on which `reader` has only the documented privileges. */
async function grantRights(sql: Sql) {
  await sql.unsafe(`
    CREATE ROLE reader LOGIN;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
    ${(await documentedGrants()).replaceAll("millrace", "reader")}`);
}

async function documentedGrants(): Promise<string> {
  const page = await Deno.readTextFile(new URL("../../docs/operations.md", import.meta.url));
  const [, grants] = /```sql\n(\s*GRANT USAGE ON SCHEMA.*?)```/s.exec(page) ?? [];
  assert.ok(grants !== undefined);
  return grants;
}

Deno.test({
  ...withPostgres("each missing privilege of the Postgres user is named, and no other"),
  async fn() {
    await using postgres = await startPostgres();
    await using owner = await connectDatabase({ url: postgres.url, dataDir: "" });
    await migrate(owner);
    await grantRights(owner.sql);
    await using database = await connectDatabase({ url: urlOf(postgres), dataDir: "" });
    const found = async () => (await findLacks(database.sql)).map(({ found }) => found);
    assert.deepEqual(await found(), []);
    const rights = [
      ...TABLES.flatMap((table) =>
        ["SELECT", "INSERT", "UPDATE", "DELETE"].map((right) => ({ right, on: table, name: table }))
      ),
      { right: "SELECT", on: "schema_migrations", name: "schema_migrations" },
      { right: "USAGE", on: "SEQUENCE batch_ids", name: "batch_ids" },
      {
        right: "USAGE",
        on: "SEQUENCE original_articles_id_seq",
        name: "public.original_articles_id_seq",
      },
      ...FUNCTIONS.map((name) => ({ right: "EXECUTE", on: `FUNCTION ${name}`, name })),
    ];
    for (const { right, on, name } of rights) {
      await owner.sql.unsafe(`REVOKE ${right} ON ${on} FROM reader`);
      assert.deepEqual(await found(), [`the user reader lacks ${right} on ${name}`]);
      await owner.sql.unsafe(`GRANT ${right} ON ${on} TO reader`);
    }
    await prepareDatabase(database);
    await owner.sql`REVOKE USAGE ON SCHEMA public FROM reader`;
    assert.deepEqual(await found(), ["the user reader may use no schema of its search_path"]);
    await assert.rejects(
      prepareDatabase(database),
      /^Error: Cannot start: the user reader may use no schema.* GRANT USAGE/,
    );
  },
});

Deno.test({
  ...withPostgres("other prerequisites of migrations and writes are named, too"),
  async fn() {
    await using postgres = await startPostgres();
    await using owner = await connectDatabase({ url: postgres.url, dataDir: "" });
    await owner.sql.unsafe(`
      CREATE ROLE reader LOGIN;
      REVOKE CREATE ON SCHEMA public FROM PUBLIC;
      CREATE TABLE titles (title text, group_id bigint, batch_id bigint);
      GRANT ALL ON titles TO reader`);
    await using database = await connectDatabase({ url: urlOf(postgres), dataDir: "" });
    const found = async (sql: Sql) => (await findLacks(sql)).map(({ found }) => found);
    assert.deepEqual(await found(database.sql), [
      "the user reader may not create tables in the schema public",
      "the user reader does not own titles, which migrations change",
    ]);
    await owner.sql`DROP TABLE titles`;
    await migrate(owner);
    await owner.sql`ALTER TABLE outbox RENAME TO somewhere`;
    assert.deepEqual(await found(owner.sql), [
      "the database has no outbox, although every migration was applied",
    ]);
    await owner.sql`ALTER TABLE somewhere RENAME TO outbox`;
    await owner.sql`ALTER ROLE postgres SET default_transaction_read_only = on`;
    const late = openClient({ address: { url: postgres.url }, max: 1 });
    assert.deepEqual(await found(late), ["the server takes no writes"]);
    await late`SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE`;
    await late`ALTER ROLE postgres RESET default_transaction_read_only`;
    await late`CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`;
    await late.end();
    const latin = postgres.url.replace("/postgres?", "/latin?");
    await using other = await connectDatabase({ url: latin, dataDir: "" });
    assert.deepEqual(await found(other.sql), ["the database's encoding is LATIN1"]);
    await owner.sql`ALTER ROLE postgres SET DateStyle = 'SQL, DMY'`;
    await using pooled = await connectDatabase({
      url: `${postgres.url}&pgbouncer=true`,
      dataDir: "",
    });
    assert.deepEqual(await found(pooled.sql), ["the DateStyle of the user postgres is SQL, DMY"]);
    await using own = await connectDatabase({ url: postgres.url, dataDir: "" });
    assert.deepEqual(await found(own.sql), []);
  },
});

Deno.test({
  ...withPostgres("the checked privileges cover every table that migrations create"),
  async fn() {
    await using postgres = await startPostgres();
    await using database = await connectDatabase({ url: postgres.url, dataDir: "" });
    await migrate(database);
    const tables = await database.sql<{ name: string }[]>`
      SELECT relname AS name FROM pg_class
      WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
        AND relname <> 'schema_migrations' ORDER BY relname`;
    assert.deepEqual(tables.map(({ name }) => name), TABLES);
    const functions = await database.sql<{ name: string }[]>`
      SELECT format('%s(%s)', proname, pg_get_function_identity_arguments(oid)) AS name FROM pg_proc
      WHERE pronamespace = current_schema()::regnamespace
        AND pg_get_function_result(oid) <> 'trigger'`;
    assert.equal(functions.length, FUNCTIONS.length, JSON.stringify(functions));
  },
});
