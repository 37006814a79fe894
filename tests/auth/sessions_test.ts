import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { createSessions } from "../../lib/auth/sessions.ts";
import { openTokenStore, type TokenStore } from "../../lib/auth/token_store.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { listSessions } from "../../lib/database/stored_sessions.ts";
import { DATABASES } from "../support/database.ts";

const logger = getLogger("sessions_test");
const VIEWER = "a-viewer-token-of-some-length";
const from = { address: "203.0.113.7", userAgent: "Mozilla/5.0" };

const openTokens = (viewerToken: string | null = VIEWER) =>
  openTokenStore(
    { adminToken: "an-admin-token-of-some-length", viewerToken, tokensFile: null },
    logger,
  );

/** Sessions without a cache: each check queries the database. */
function open(sql: Sql, tokens: TokenStore, rotateMs = 3_600_000) {
  let now = 0;
  const sessions = createSessions({ sql, tokens, now: () => now += 60_000, rotateMs });
  const token = tokens.find(VIEWER);
  assert.ok(token !== null);
  return { sessions, signIn: () => sessions.open(token, from) };
}

const age = (sql: Sql, column: "seen_at" | "rotated_at" | "confirmed_at", interval: string) =>
  sql.unsafe(`UPDATE sessions SET ${column} = now() - interval '${interval}'`);

for (const { kind, ignore, open: openDatabase } of DATABASES) {
  Deno.test({
    name: `${kind}: sessions are found by key, end, expire when idle, and rotate`,
    ignore,
    async fn(t) {
      await using database = await openDatabase();
      await using tokens = await openTokens();
      const { sql } = database;
      const { sessions, signIn } = open(sql, tokens);
      const key = await signIn();

      await t.step("a session is found by its key on every node", async () => {
        const found = await sessions.find(key);
        assert.equal(found?.session.name, "viewer");
        assert.equal(found?.session.role, "viewer");
        assert.equal(found?.newKey, null);
        assert.ok(await open(sql, tokens).sessions.find(key) !== null);
        const [listed] = await listSessions(sql, 10);
        assert.deepEqual([listed?.address, listed?.userAgent], [from.address, from.userAgent]);
      });

      await t.step("no other key is accepted", async () => {
        for (const other of ["", "x", `${key}x`, key.slice(1), "A".repeat(43), "' OR 1=1 --"]) {
          assert.equal(await sessions.find(other), null, other);
        }
      });

      await t.step("the database does not contain the key", async () => {
        const [row] = await sql`SELECT sessions::text AS text FROM sessions`;
        assert.ok(!JSON.stringify(row).includes(key));
        assert.ok(!JSON.stringify(row).includes(Buffer.from(key, "base64url").toString("hex")));
      });

      await t.step("an ended session is rejected, and others stay valid", async () => {
        const other = await signIn();
        const id = (await sessions.find(key))?.session.id ?? "";
        assert.equal((await sessions.end(id))?.name, "viewer");
        assert.equal(await sessions.find(key), null);
        assert.equal(await sessions.end(id), null);
        assert.ok(await sessions.find(other) !== null);
        assert.deepEqual(await sessions.living([id]), new Set());
      });

      await t.step("a session expires after seven idle days, and a visit renews it", async () => {
        const visited = await signIn();
        await age(sql, "seen_at", "6 days 23 hours");
        assert.ok(await sessions.find(visited) !== null);
        await age(sql, "seen_at", "0 days");
        await sessions.find(visited);
        const idle = await signIn();
        await age(sql, "seen_at", "7 days 1 minute");
        assert.equal(await sessions.find(idle), null);
        await sessions.deleteIdle();
        assert.deepEqual(await listSessions(sql, 10), []);
      });
    },
  });

  Deno.test({
    name: `${kind}: a key rotates after an hour, and concurrent requests with the old key succeed`,
    ignore,
    async fn() {
      await using database = await openDatabase();
      await using tokens = await openTokens();
      const { sql } = database;
      const { sessions, signIn } = open(sql, tokens);
      const key = await signIn();
      assert.equal((await sessions.find(key))?.newKey, null);
      await age(sql, "rotated_at", "2 hours");
      const newKey = (await sessions.find(key))?.newKey;
      assert.ok(newKey);
      // The response with the new key is lost, or other requests are in flight.
      assert.ok(await sessions.find(key) !== null);
      await age(sql, "rotated_at", "2 hours");
      const again = (await sessions.find(key))?.newKey;
      assert.ok(again && again !== newKey);
      assert.equal(await sessions.find(newKey), null);
      // The browser has the new key; the old one stays valid for a minute.
      assert.ok(await sessions.find(again) !== null);
      assert.ok(await sessions.find(key) !== null);
      await age(sql, "confirmed_at", "61 seconds");
      assert.equal(await sessions.find(key), null);
      assert.ok(await sessions.find(again) !== null);
    },
  });
}

Deno.test("revoking a token ends its sessions", async () => {
  await using database = await DATABASES[0]!.open();
  const { sql } = database;
  await using before = await openTokens();
  const key = await open(sql, before).signIn();
  await using changed = await openTokens("another-viewer-token-of-length");
  assert.equal(await createSessions({ sql, tokens: changed }).find(key), null);
  await using gone = await openTokens(null);
  assert.equal(await createSessions({ sql, tokens: gone }).find(key), null);
  await using same = await openTokens();
  assert.ok(await createSessions({ sql, tokens: same }).find(key) !== null);
});
