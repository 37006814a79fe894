import assert from "node:assert/strict";
import { parsePostgresAddress } from "../../lib/runtime/postgres_address.ts";

Deno.test("parsePostgresAddress() parses one host, several hosts, and a Unix socket", () => {
  const { hosts, path, user, password, database, tls } = parsePostgresAddress(
    "postgres://anna:pw@db1:5433,db2/stream",
  );
  assert.deepEqual(hosts, [{ host: "db1", port: 5433 }, { host: "db2", port: 5432 }]);
  assert.deepEqual([path, user, password, database, tls], [null, "anna", "pw", "stream", null]);
  assert.equal(
    parsePostgresAddress("postgresql:///stream?host=/run/postgresql").path,
    "/run/postgresql/.s.PGSQL.5432",
  );
  assert.equal(
    parsePostgresAddress("postgres://u@localhost/d?host=%2Ftmp%2Fx&port=7000").path,
    "/tmp/x/.s.PGSQL.7000",
  );
});

Deno.test("parsePostgresAddress() accepts a password with any character, encoded or not", () => {
  for (const password of ["p@ss:w/o?r#d", "100%", "%zz", "汉 字&=", "a@b@c"]) {
    for (const written of [password, encodeURIComponent(password)]) {
      const address = parsePostgresAddress(`postgres://u:${written}@host/stream?sslmode=disable`);
      assert.equal(address.password, password);
      assert.equal(address.database, "stream");
    }
  }
});

Deno.test("parsePostgresAddress() parses TLS modes like libpq", () => {
  const tls = (query: string) => parsePostgresAddress(`postgres://host/d?${query}`).tls;
  const files = { rootCert: null, cert: null, key: null };
  assert.deepEqual(tls("sslmode=require"), { ...files, mode: "require" });
  assert.deepEqual(tls("sslmode=require&sslrootcert=/ca"), {
    ...files,
    mode: "verify-ca",
    rootCert: "/ca",
  });
  assert.deepEqual(tls("sslrootcert=/ca"), { ...files, mode: "verify-full", rootCert: "/ca" });
  assert.equal(tls("sslmode=disable"), null);
  assert.throws(() => tls("sslmode=maybe"), /must have an sslmode of disable, /);
});

Deno.test("parsePostgresAddress() keeps other parameters for the session", () => {
  const address = parsePostgresAddress("postgres://h/d?pgbouncer=true&options=-csearch_path%3Dx");
  assert.equal(address.pooled, true);
  assert.deepEqual(address.parameters, { options: "-csearch_path=x" });
});
