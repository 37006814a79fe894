import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { freePort, startRedis } from "../support/redis.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";
import { startPostgres } from "../support/postgres.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

async function doctor(env: Record<string, string>): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "doctor"],
    cwd: ROOT,
    env: { ...env, NO_COLOR: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, text: decode(stdout) + decode(stderr) };
}

Deno.test({
  ...withServers("deno task doctor accepts valid servers"),
  async fn() {
    await using cluster = await startTestCluster();
    const env = { DATABASE_URL: cluster.postgres.url, REDIS_URL: cluster.redis.url };
    const before = await doctor(env);
    assert.match(before.text, /look {2}Postgres: migrations: to be applied: 0001_stream\.sql, /);
    assert.equal(before.code, 0, before.text);
    await migrate(cluster.database);
    const { code, text } = await doctor(env);
    assert.equal(code, 0, text);
    assert.doesNotMatch(text, /WRONG|look /);
    for (const subject of ["rights", "version", "memory", "persistence", "writes", "clock"]) {
      assert.match(text, new RegExp(`^ok {4}Redis: ${subject}: `, "m"));
    }
    for (const subject of ["rights", "version", "encoding", "session", "writes", "clock"]) {
      assert.match(text, new RegExp(`^ok {4}Postgres: ${subject}: `, "m"));
    }
    assert.match(text, /^ok {4}Postgres: migrations: all applied$/m);
  },
});

Deno.test({
  ...withServers("deno task doctor reports misconfigured servers with instructions"),
  async fn() {
    await using postgres = await startPostgres();
    await using redis = await startRedis({
      args: ["--maxmemory-policy", "allkeys-lru"],
    });
    await redis.command("ACL", "SETUSER", "weak", "on", ">pw", "~*", "&*", "+@all", "-smismember");
    await using database = await connectDatabase({ url: postgres.url, dataDir: "" });
    await migrate(database);
    await database.sql`UPDATE pg_index SET indisvalid = false
      WHERE indexrelid = 'original_articles_search'::regclass`;
    await database.sql`CREATE ROLE stranger LOGIN`;
    const { code, text } = await doctor({
      DATABASE_URL: postgres.url,
      REDIS_URL: `redis://weak:pw@127.0.0.1:${redis.port}`,
    });
    assert.equal(code, 1, text);
    assert.match(text, /WRONG Redis: memory: maxmemory-policy is allkeys-lru.* CONFIG SET /);
    assert.match(text, /look {2}Redis: persistence: none/);
    assert.match(text, /WRONG Redis: rights: the user may not call SMISMEMBER/);
    await redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
    const refusing = await doctor({ REDIS_URL: redis.url });
    assert.equal(refusing.code, 1);
    assert.match(refusing.text, /WRONG Redis: writes: .*NOREPLICAS/);
    assert.match(text, /WRONG Postgres: indexes: .*original_articles_search.* REINDEX INDEX /);
    assert.doesNotMatch(text, /weak:pw/);

    const stranger = await doctor({
      DATABASE_URL: `postgres://stranger@127.0.0.1:${postgres.port}/postgres`,
    });
    assert.match(
      stranger.text,
      /WRONG Postgres: rights: the user stranger lacks SELECT, INSERT, UPDATE, DELETE on alert_/,
    );

    const away = await doctor({
      DATABASE_URL: `postgres://u:secret@127.0.0.1:${freePort()}/d`,
      REDIS_URL: `redis://u:secret@127.0.0.1:${freePort()}`,
    });
    assert.equal(away.code, 1);
    assert.match(away.text, /WRONG Postgres: connection: Cannot reach Postgres/);
    assert.match(away.text, /WRONG Redis: connection: Cannot reach Redis/);
    assert.doesNotMatch(away.text, /secret/);
    assert.match((await doctor({ PORT: "none" })).text, /WRONG Configuration: .*PORT must be/);
  },
});

Deno.test("deno task doctor names an unusable file of tokens", async () => {
  const { code, text } = await doctor({ TOKENS_FILE: "/nowhere/tokens" });
  assert.equal(code, 1);
  assert.match(text, /^WRONG TOKENS_FILE: \/nowhere\/tokens: .*No such file/m);
});
