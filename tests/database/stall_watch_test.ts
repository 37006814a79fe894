import assert from "node:assert/strict";
import { startEmbedded } from "../../lib/database/embedded.ts";
import { openClient } from "../../lib/database/postgres_client.ts";
import { STALL_MINUTES, watchForStall } from "../../lib/database/stall_watch.ts";
import { createEmbeddedFolder } from "../support/embedded_folder.ts";
import { FakeTime } from "../support/fake_time.ts";

const STALL_MS = STALL_MINUTES * 60_000;
const CHECK_MS = 10_000;

/** Returns whether a stall is reported when `scenario` is over. */
async function isReported(
  scenario: (watch: ReturnType<typeof watchForStall>, time: FakeTime) => void,
) {
  using time = new FakeTime();
  using watch = watchForStall();
  scenario(watch, time);
  return await isSettled(watch.stalled);
}

async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  promise.then(() => settled = true);
  await Promise.resolve();
  return settled;
}

Deno.test("a message without a response is a stall, but not before its time", async () => {
  assert.equal(
    await isReported((watch, time) => {
      watch.sent();
      time.pass(STALL_MS);
    }),
    false,
  );
  assert.equal(
    await isReported((watch, time) => {
      watch.sent();
      time.pass(STALL_MS + CHECK_MS);
    }),
    true,
  );
});

Deno.test("silence is no stall while nothing was sent, after each response, or after a crash", async () => {
  assert.equal(await isReported((_, time) => time.pass(10 * STALL_MS)), false);
  assert.equal(
    await isReported((watch, time) => {
      for (let message = 0; message < 3; message++) watch.sent();
      for (let message = 0; message < 3; message++) {
        time.pass(STALL_MS - CHECK_MS);
        watch.received();
      }
      time.pass(10 * STALL_MS);
    }),
    false,
  );
  assert.equal(
    await isReported((watch, time) => {
      watch.sent();
      watch.cleared();
      time.pass(10 * STALL_MS);
    }),
    false,
  );
});

Deno.test("a patient message can take any time, but does not hide a stalled one before it", async () => {
  assert.equal(
    await isReported((watch, time) => {
      watch.patiently(() => Promise.resolve(watch.sent()));
      time.pass(10 * STALL_MS);
    }),
    false,
  );
  assert.equal(
    await isReported((watch, time) => {
      watch.sent();
      watch.patiently(() => Promise.resolve(watch.sent()));
      time.pass(STALL_MS + CHECK_MS);
    }),
    true,
  );
});

Deno.test("a statement that keeps the embedded Postgres is reported, a patient one and a backup are not", async () => {
  const folder = await createEmbeddedFolder();
  {
    using time = new FakeTime();
    const embedded = await startEmbedded(folder);
    const sql = openClient({ address: { openSocket: embedded.openSocket }, max: 1 });
    const first = sql`SELECT 1`.execute();
    await nextTurn();
    // The driver connects after a timer of 0 ms.
    time.pass(1);
    await first;
    const keep = () => sql`SELECT count(*) FROM generate_series(1, 1000000)`.execute();

    const patient = embedded.patiently(keep);
    await passDuring(patient, time);
    const backup = embedded.backup(`${folder}/backup.tar.gz`);
    const behind = sql`SELECT 1`.execute();
    await passDuring(backup, time);
    await behind;
    assert.equal(await isSettled(embedded.stalled), false);

    await passDuring(keep(), time);
    await embedded.stalled;
    const ending = sql.end({ timeout: 1 });
    time.pass(1_000);
    await ending;
    await embedded[Symbol.asyncDispose]();
    assert.equal(time.waiting, 0);
  }
  await Deno.remove(folder, { recursive: true });
});

/** Lets a long time pass while some work is at the embedded Postgres. */
async function passDuring(work: Promise<unknown>, time: FakeTime) {
  let isDone = false;
  const done = work.then(() => isDone = true);
  // The driver sends it some turns later.
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  assert.equal(isDone, false);
  time.pass(2 * STALL_MS);
  await done;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
