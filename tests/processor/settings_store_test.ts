import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { CHANNELS } from "../../lib/bus/bus.ts";
import { createMemoryBus } from "../../lib/bus/memory_bus.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { settingChanges } from "../../lib/database/system_settings.ts";
import { defaultSettings } from "../../lib/wire/settings.ts";
import {
  openSettingsStore,
  SettingsChangedError,
  type SettingsStore,
} from "../../lib/processor/settings_store.ts";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import { eventually } from "../support/eventually.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";
import { namedActor } from "../../lib/wire/actor.ts";
import { recordedEvents } from "../support/recorded_events.ts";

const logger = getLogger("settings_store_test");
const defaults = defaultSettings(2);

/** A database and a bus, shared by the stores of several nodes. */
async function world() {
  await using starting = new AsyncDisposableStack();
  const server = starting.use(await startPostgres());
  const database = starting.use(await connectDatabase({ url: server.url, dataDir: "/nowhere" }));
  await migrate(database);
  const { sql } = database;
  const errors: Error[] = [];
  const events = recordedEvents();
  const bus = starting.use(createMemoryBus({ onError: (error) => errors.push(error) }));
  const running = starting.move();
  return {
    sql,
    bus,
    server,
    events,
    async open(over = bus): Promise<SettingsStore> {
      return running.use(
        await openSettingsStore({ sql, bus: over, events, logger, now: Date.now, defaults }),
      );
    },
    async [Symbol.asyncDispose]() {
      await running.disposeAsync();
      assert.deepEqual(errors, []);
    },
  };
}

Deno.test({
  ...withPostgres("a change is published to every node, and persists across restarts"),
  async fn() {
    await using it = await world();
    const [here, there] = [await it.open(), await it.open()];
    assert.deepEqual(here.current(), defaults);
    const received: number[] = [];
    there.onChange(({ concurrency }) => received.push(concurrency));
    const changed = await here.change({ concurrency: 7, retry_max: 0 }, namedActor("a test"));
    assert.deepEqual(changed, { ...defaults, concurrency: 7, retry_max: 0 });
    await eventually(() => assert.deepEqual(there.current(), changed));
    assert.deepEqual(received, [7]);
    assert.deepEqual((await it.open()).current(), changed);
  },
});

Deno.test({
  ...withPostgres("an unchanged value calls no listener and leaves no record"),
  async fn() {
    await using it = await world();
    const store = await it.open();
    await store.change({ retry_max: 5 }, namedActor("first"));
    let calls = 0;
    const stop = store.onChange(() => calls++);
    await store.change({ retry_max: 5 }, namedActor("second"));
    assert.equal(calls, 0);
    await store.change({ retry_max: 6 }, namedActor("third"));
    assert.equal(calls, 1);
    stop();
    await store.change({ retry_max: 7 }, namedActor("fourth"));
    assert.equal(calls, 1);
    // Saving the default of an unset setting, or nothing, changes nothing either.
    await store.change({ batch_size: defaults.batch_size, retry_max: 8 }, namedActor("fifth"));
    await store.change({ batch_size: defaults.batch_size }, namedActor("sixth"));
    await store.change({}, namedActor("seventh"));
    const events = it.events.recorded.map(({ subject, details }) => [details.actor?.name, subject]);
    assert.deepEqual(events, [
      ["first", "retry_max"],
      ["third", "retry_max"],
      ["fourth", "retry_max"],
      ["fifth", "retry_max"],
    ]);
    const changes = (await settingChanges(it.sql, { limit: 10 })).filter(({ key }) =>
      key === "retry_max"
    );
    assert.deepEqual(changes.map(({ by, old, new: now }) => [by, old, now]), [
      ["fifth", 7, 8],
      ["fourth", 6, 7],
      ["third", 5, 6],
      ["first", null, 5],
    ]);
  },
});

Deno.test({
  ...withPostgres("of two changes on two nodes at once, from the same settings, one is refused"),
  async fn() {
    await using it = await world();
    const nodes = [await it.open(), await it.open()];
    for (let round = 0; round < 10; round++) {
      const base = { batch_size: (await nodes[0]!.refresh()).batch_size };
      const results = await Promise.allSettled(
        nodes.map((node, index) =>
          node.change({ batch_size: 100 + 2 * round + index }, namedActor(`${index}`), base)
        ),
      );
      const refused = results.flatMap((each) => each.status === "rejected" ? [each.reason] : []);
      assert.equal(refused.length, 1);
      assert.ok(refused[0] instanceof SettingsChangedError);
      assert.deepEqual(refused[0].changed, ["batch_size"]);
    }
    assert.equal(it.events.recorded.length, 10, "a refusal is no failure");
  },
});

Deno.test({
  ...withPostgres("a command is persisted, and published with its action and a timestamp"),
  async fn() {
    await using it = await world();
    const [here, there] = [await it.open(), await it.open()];
    const messages: string[] = [];
    await using _subscription = await it.bus.subscribe(CHANNELS.commands, (m) => messages.push(m));
    await here.command("stop", namedActor("a test"));
    await eventually(() => assert.equal(there.current().enabled, false));
    assert.equal((await it.open()).current().enabled, false);
    const { action, timestamp } = JSON.parse(messages[0] ?? "{}");
    assert.equal(action, "stop");
    assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000);
    await there.command("start", namedActor("a test"));
    await eventually(() => assert.equal(here.current().enabled, true));
    await here.command("start", namedActor("another"));
    const events = it.events.recorded.map(({ kind, details }) => [kind, details.actor?.name]);
    assert.deepEqual(events, [["stop", "a test"], ["start", "a test"]], "the third did nothing");
  },
});

Deno.test({
  ...withPostgres(
    "another program's command takes effect and is persisted; invalid messages are ignored",
  ),
  async fn() {
    await using it = await world();
    const store = await it.open();
    const nonsense = ["", "stop", "{}", '{"action":"explode"}', '["stop"]', "null"];
    for (const message of nonsense) await it.bus.publish(CHANNELS.commands, message);
    await it.bus.publish(CHANNELS.commands, '{"action":"stop","timestamp":1700000000}');
    await eventually(() => assert.equal(store.current().enabled, false));
    await eventually(async () => assert.equal((await it.open()).current().enabled, false));
    const by = (await settingChanges(it.sql, { limit: 10 })).map((change) => change.by);
    assert.deepEqual(by, ["command"]);
  },
});

Deno.test({
  ...withPostgres(
    "an invalid stored value is replaced by the default, without affecting the others",
  ),
  async fn() {
    await using it = await world();
    await it.sql`INSERT INTO system_settings (key, value) VALUES
      ('processor.concurrency', '99'), ('processor.batch_size', '"many"'),
      ('processor.retry_max', '9'), ('processor.enabled', 'maybe'), ('site.name', '"x"')`;
    const store = await it.open();
    assert.deepEqual(store.current(), { ...defaults, retry_max: 9 });
  },
});

Deno.test({
  ...withPostgres("an unannounced change is found within seconds"),
  async fn() {
    await using it = await world();
    const store = await it.open();
    await it.sql`INSERT INTO system_settings (key, value) VALUES ('processor.retry_max', '8')`;
    await eventually(() => assert.equal(store.current().retry_max, 8));
  },
});

Deno.test({
  ...withPostgres(
    "while the broker is away, commands fail without effect, and settings can be changed",
  ),
  async fn() {
    await using it = await world();
    const away = () => Promise.reject(new BrokerUnreachableError("away"));
    const store = await it.open({ ...it.bus, publish: away, recentLogs: away });
    await assert.rejects(store.command("stop", namedActor("a test")), BrokerUnreachableError);
    assert.equal((await store.refresh()).enabled, true);
    assert.equal((await store.change({ retry_max: 1 }, namedActor("a test"))).retry_max, 1);
  },
});
