import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { audited, createEventRecorder } from "../../lib/database/event_recorder.ts";
import { listEvents } from "../../lib/database/events.ts";
import { logContext } from "../../lib/runtime/log_context.ts";
import { namedActor } from "../../lib/wire/actor.ts";
import type { AuditEntry } from "../../lib/wire/audit_event.ts";
import { DATABASES } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { recordedEvents } from "../support/recorded_events.ts";

const logger = getLogger("event_recorder_test");
const start: AuditEntry = { kind: "start", subject: null, counts: {} };
const outage: AuditEntry = { kind: "outage_began", subject: "database", counts: {} };

const [embedded] = DATABASES;

Deno.test("an event contains its node and the request that recorded it", async () => {
  await using opened = await embedded!.open();
  const recorder = createEventRecorder({ sql: opened.sql, node: "one", logger });
  await logContext.run({ request: "a-request" }, () => recorder.record(start));
  await recorder.stop();
  const { events } = await listEvents(opened.sql, {}, { cursor: null, limit: 10 });
  assert.deepEqual(events.map(({ actor, node, request_id }) => [actor.name, node, request_id]), [
    ["one", "one", "a-request"],
  ]);
});

Deno.test("an event that the database rejects does not block the others", async () => {
  await using opened = await embedded!.open();
  await opened.sql`ALTER TABLE events ADD CHECK (subject <> 'odd')`;
  const recorder = createEventRecorder({ sql: opened.sql, node: "one", logger });
  const about = (subject: string): AuditEntry => ({ kind: "sign_in_failed", subject, counts: {} });
  await Promise.all(
    ["a", "odd", "b", "odd", "c"].map((subject) => recorder.record(about(subject))),
  );
  await recorder.stop();
  const { events } = await listEvents(opened.sql, {}, { cursor: null, limit: 10 });
  assert.deepEqual(events.map(({ subject }) => subject).sort(), ["a", "b", "c"]);
});

Deno.test({
  ...withPostgres("events are buffered while the database is away, and keep their order and time"),
  async fn() {
    await using server = await startPostgres();
    await using database = await connectDatabase({ url: server.url, dataDir: "" });
    await migrate(database);
    const recorder = createEventRecorder({ sql: database.sql, node: "one", logger });
    await server.kill();
    const began = Date.now();
    await recorder.record(outage);
    await recorder.record(start);
    await server.start();
    await eventually(async () => {
      const { events } = await listEvents(database.sql, {}, { cursor: null, limit: 10 });
      assert.deepEqual(events.map(({ kind }) => kind), ["start", "outage_began"]);
      assert.ok(events.every(({ at }) => at < began + 60_000));
    });
    await recorder.stop();
  },
});

Deno.test("an action is recorded with its result, and its errors are rethrown", async () => {
  const events = recordedEvents();
  const anna = namedActor("anna");
  const describe = (count: number | null): AuditEntry => ({
    kind: "retry",
    subject: "1",
    counts: { articles: count ?? 0 },
  });
  assert.equal(await audited(events, anna, describe, () => Promise.resolve(5)), 5);
  const broken = new Error("broken");
  await assert.rejects(audited(events, anna, describe, () => Promise.reject(broken)), broken);
  assert.deepEqual(
    events.recorded.map(({ counts, details }) => [counts, details.result ?? "succeeded"]),
    [[{ articles: 5 }, "succeeded"], [{ articles: 0 }, "failed"]],
  );
});
