import assert from "node:assert/strict";
import { connectDatabase, type Database } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { proveWritable } from "../../lib/database/prove_writable.ts";
import { makeCertificates } from "../support/certificates.ts";
import { freePort, startPostgres, withPostgres } from "../support/postgres.ts";

const PASSWORD = "p@ss:w/o?r#d 100%";

/** Connects, asserts that results can be stored, and runs further checks. */
async function reach(url: string, check: (database: Database) => Promise<void>) {
  await using database = await connectDatabase({ url, dataDir: "" });
  await database.ping();
  await migrate(database);
  await proveWritable(database.sql);
  await check(database);
}

Deno.test({
  ...withPostgres(
    "of several hosts, the writable one is used, also after the first fails",
  ),
  async fn() {
    await using readOnly = await startPostgres({
      settings: { default_transaction_read_only: "on" },
    });
    await using primary = await startPostgres();
    const hosts = [freePort(), readOnly.port, primary.port].map((port) => `127.0.0.1:${port}`);
    await reach(`postgres://postgres@${hosts.join(",")}/postgres`, async ({ sql }) => {
      const [row] = await sql`SELECT current_setting('port')::int AS port`;
      assert.equal(row?.port, primary.port);
    });
  },
});

Deno.test({
  ...withPostgres(
    "a non-superuser with any password can use its own schema",
  ),
  async fn() {
    await using server = await startPostgres();
    await using admin = await connectDatabase({ url: server.url, dataDir: "" });
    await admin.sql.unsafe(`CREATE ROLE stream LOGIN PASSWORD '${PASSWORD}'`);
    await admin.sql.unsafe("CREATE SCHEMA stream AUTHORIZATION stream");
    await admin.sql.unsafe("ALTER ROLE stream SET search_path = stream");
    for (const password of [PASSWORD, encodeURIComponent(PASSWORD)]) {
      const url = `postgres://stream:${password}@127.0.0.1:${server.port}/postgres`;
      await reach(url, async ({ sql }) => {
        const [row] = await sql`
          SELECT count(*) FILTER (WHERE schemaname = 'stream')::int AS own,
            count(*) FILTER (WHERE schemaname = 'public')::int AS others
          FROM pg_tables WHERE tableowner = 'stream'`;
        assert.ok(row?.own > 5);
        assert.equal(row?.others, 0);
      });
    }
  },
});

Deno.test({
  ...withPostgres("sslrootcert is verified, and a server of another authority is rejected"),
  async fn() {
    await using files = await makeCertificates();
    await using others = await makeCertificates();
    for (const file of [files.serverCert, files.serverKey]) {
      if (Deno.uid() === 0) await new Deno.Command("chown", { args: ["postgres", file] }).output();
      await Deno.chmod(file, 0o600);
    }
    await using server = await startPostgres({
      settings: { ssl: "on", ssl_cert_file: files.serverCert, ssl_key_file: files.serverKey },
    });
    const url = (query: string) =>
      `postgres://postgres@localhost:${server.port}/postgres?sslmode=${query}`;
    for (const query of ["require", `verify-full&sslrootcert=${files.ca}`]) {
      await reach(url(query), async ({ sql }) => {
        const [row] = await sql`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
        assert.equal(row?.ssl, true);
      });
    }
    for (const mode of ["verify-full", "verify-ca", "require"]) {
      await using database = await connectDatabase({
        url: url(`${mode}&sslrootcert=${others.ca}`),
        dataDir: "",
      });
      await assert.rejects(database.ping(), /Cannot reach Postgres/);
    }
  },
});
