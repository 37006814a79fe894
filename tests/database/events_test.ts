import assert from "node:assert/strict";
import type { Sql } from "../../lib/database/postgres_client.ts";
import {
  appendEvents,
  deleteOldEvents,
  exportEvents,
  listEvents,
  type NewEvent,
} from "../../lib/database/events.ts";
import { namedActor } from "../../lib/wire/actor.ts";
import { AUDIT_KINDS, type AuditEntry } from "../../lib/wire/audit_event.ts";
import { DATABASES } from "../support/database.ts";

const DAY_MS = 24 * 3_600_000;

function event(entry: AuditEntry, rest: Partial<NewEvent> = {}): NewEvent {
  return {
    entry,
    result: "succeeded",
    actor: namedActor("anna"),
    node: "one",
    requestId: null,
    ageMs: 0,
    once: null,
    ...rest,
  };
}

const start: AuditEntry = { kind: "start", subject: null, counts: {} };
const retried = (articles: number): AuditEntry => ({
  kind: "retry",
  subject: "7",
  counts: { articles },
});

async function kindsOf(sql: Sql, filter: Parameters<typeof listEvents>[1]) {
  const { events } = await listEvents(sql, filter, { cursor: null, limit: 200 });
  return events.map(({ kind }) => kind);
}

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: an event stores who did what, where and with which result`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const before = Date.now();
      await appendEvents(sql, [event(retried(5), {
        actor: { name: "anna", role: "operator", address: "192.0.2.7" },
        result: "failed",
        requestId: "a-request",
        ageMs: 60_000,
      })]);
      const { events: [found], cursor } = await listEvents(sql, {}, { cursor: null, limit: 10 });
      assert.ok(found !== undefined);
      const { id, at, ...rest } = found;
      assert.ok(id > 0);
      assert.ok(Math.abs(at - (before - 60_000)) < 30_000);
      assert.deepEqual(rest, {
        kind: "retry",
        result: "failed",
        actor: { name: "anna", role: "operator", address: "192.0.2.7" },
        node: "one",
        subject: "7",
        counts: { articles: 5 },
        request_id: "a-request",
      });
      assert.equal(cursor, null);
    },
  });

  Deno.test({
    name: `${kind}: events are filtered by kind, actor, node and time, newest first, and paginated`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const bob = namedActor("bob");
      // Appended out of order, like events buffered during an outage.
      await appendEvents(sql, [
        event(start, { ageMs: 1_000 }),
        event({ kind: "stop", subject: null, counts: {} }, { ageMs: 4_000, actor: bob }),
        event(retried(1), { ageMs: 2_000, node: "two" }),
        event(retried(2), { ageMs: 3_000, actor: bob }),
      ]);
      assert.deepEqual(await kindsOf(sql, {}), ["start", "retry", "retry", "stop"]);
      assert.deepEqual(await kindsOf(sql, { kinds: ["stop", "start"] }), ["start", "stop"]);
      assert.deepEqual(await kindsOf(sql, { actor: "bob" }), ["retry", "stop"]);
      assert.deepEqual(await kindsOf(sql, { actor: "bob", kinds: ["stop"] }), ["stop"]);
      assert.deepEqual(await kindsOf(sql, { node: "two" }), ["retry"]);
      const [newest] = (await listEvents(sql, {}, { cursor: null, limit: 1 })).events;
      const { at = 0 } = newest ?? {};
      assert.deepEqual(await kindsOf(sql, { since: at }), ["start"]);
      assert.deepEqual(await kindsOf(sql, { until: at }), ["retry", "retry", "stop"]);

      for (const kinds of [undefined, ["start", "stop", "retry"] as const]) {
        const seen: string[] = [];
        let cursor: number | null = null;
        do {
          const page: Awaited<ReturnType<typeof listEvents>> = await listEvents(
            sql,
            { kinds },
            { cursor, limit: 1 },
          );
          seen.push(...page.events.map((each) => each.kind));
          cursor = page.cursor;
        } while (cursor !== null);
        assert.deepEqual(seen, ["start", "retry", "retry", "stop"]);
      }
      const exported = await Array.fromAsync(exportEvents(sql, {}));
      assert.deepEqual(exported.map((each) => each.kind), ["start", "retry", "retry", "stop"]);
    },
  });

  Deno.test({
    name: `${kind}: an event that several nodes report is appended once`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const lost: AuditEntry = { kind: "node_lost", subject: "three", counts: {} };
      await Promise.all(
        ["one", "two"].map((node) => appendEvents(sql, [event(lost, { node, once: "three 1" })])),
      );
      await appendEvents(sql, [event(lost, { once: "three 2" })]);
      assert.deepEqual(await kindsOf(sql, {}), ["node_lost", "node_lost"]);
    },
  });

  Deno.test({
    name: `${kind}: events cannot be changed, or deleted within a day`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      await appendEvents(sql, [event(start)]);
      await assert.rejects(sql`UPDATE events SET actor = 'nobody'`.execute(), /append-only/);
      await assert.rejects(sql`DELETE FROM events`.execute(), /append-only/);
      await assert.rejects(sql`TRUNCATE events`.execute(), /append-only/);
      assert.deepEqual(await kindsOf(sql, {}), ["start"]);
    },
  });

  Deno.test({
    name: `${kind}: events older than the retention are deleted in steps`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const ages = [1, 9, 11, 12, 400];
      await appendEvents(sql, ages.map((days) => event(retried(days), { ageMs: days * DAY_MS })));
      assert.equal(await deleteOldEvents(sql, 10, 2), 2);
      assert.equal(await deleteOldEvents(sql, 10, 2), 1);
      assert.equal(await deleteOldEvents(sql, 10, 2), 0);
      assert.equal((await kindsOf(sql, {})).length, 2);
    },
  });

  Deno.test({
    name: `${kind}: any actor name can be stored, truncated`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const names = ["\0null", "\ud800", "\x1e\x1f", '"}\\', "长".repeat(10_000), "'; DROP TABLE"];
      await appendEvents(sql, names.map((name) => event(start, { actor: namedActor(name) })));
      assert.equal((await kindsOf(sql, {})).length, names.length);
    },
  });
}

Deno.test("each event kind has a unique name", () => {
  assert.ok(AUDIT_KINDS.length >= 20);
  assert.equal(new Set(AUDIT_KINDS).size, AUDIT_KINDS.length);
});
