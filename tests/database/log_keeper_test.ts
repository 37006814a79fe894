import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { createLogKeeper, type LogKeeperParts } from "../../lib/database/log_keeper.ts";
import { DatabaseUnreachableError } from "../../lib/runtime/errors.ts";
import type { LogRow } from "../../lib/runtime/fold_repeated_lines.ts";
import { openLog } from "../../lib/runtime/log.ts";
import { eventually } from "../support/eventually.ts";

const logger = getLogger("millrace");

/** The log of a node, stored in a fake database that a test lets respond, fail or hang. */
async function keptLog() {
  const stored: string[] = [];
  const state: { store: LogKeeperParts["store"] } = { store: () => Promise.resolve() };
  const log = await openLog("debug", () => undefined);
  const keeper = createLogKeeper({
    logger,
    now: Date.now,
    async store(rows) {
      await state.store(rows);
      stored.push(...rows.map(({ message }) => message));
    },
  });
  logger.info("before the database");
  log.keep(keeper.add);
  return {
    stored,
    state,
    keeper,
    async [Symbol.asyncDispose]() {
      await keeper.stop();
      await log[Symbol.asyncDispose]();
    },
  };
}

const away = () => Promise.reject(new DatabaseUnreachableError("away"));

Deno.test("all lines from the first one on, info and above, are stored in batches", async () => {
  await using kept = await keptLog();
  const batches: number[] = [];
  kept.state.store = (rows) => Promise.resolve(void batches.push(rows.length));
  logger.debug("not kept");
  for (let n = 0; n < 19; n++) logger.warning("line {n}", { n });
  await eventually(() => assert.equal(kept.stored.length, 20));
  assert.deepEqual([kept.stored[0], kept.stored.at(-1)], ["before the database", "line 18"]);
  assert.deepEqual(batches, [20]);
});

Deno.test("the stop stores the last lines, and later ones are not stored", async () => {
  await using kept = await keptLog();
  logger.info("last words");
  await kept.keeper.stop();
  logger.info("too late");
  await kept.keeper.stop();
  assert.deepEqual(kept.stored, ["before the database", "last words"]);
});

Deno.test("while the database is unavailable, lines are buffered; one line counts those that did not fit", async () => {
  await using kept = await keptLog();
  kept.state.store = away;
  for (let n = 0; n < 6_000; n++) logger.info(`sentence ${n}`);
  await eventually(() => assert.ok(kept.stored.length === 0));
  kept.state.store = () => Promise.resolve();
  await eventually(
    () => assert.ok(kept.stored.some((text) => text.startsWith("Dropped "))),
    20_000,
  );
  assert.equal(kept.stored[0], "before the database");
  assert.equal(kept.stored[1], "sentence 0");
  const [report, ...others] = kept.stored.filter((text) => text.startsWith("Dropped "));
  assert.match(report ?? "", /^Dropped 1001 log lines from \S+Z to \S+Z\.$/);
  assert.deepEqual(others, []);
});

Deno.test("rejected rows are logged once, without recursion", async () => {
  await using kept = await keptLog();
  let refused = 0;
  kept.state.store = () => {
    refused++;
    return Promise.reject(new Error("these rows are wrong"));
  };
  logger.info("one");
  await eventually(() => assert.equal(refused, 2), 10_000);
  // The second batch contains the line about the first.
  kept.state.store = () => Promise.resolve();
  logger.info("two");
  await eventually(() => assert.ok(kept.stored.includes("two")), 10_000);
  assert.ok(kept.stored.every((text) => !text.includes("cannot be kept")));
});

Deno.test("an unresponsive database delays a stop by at most a second", async () => {
  const kept = await keptLog();
  const hanging = Promise.withResolvers<void>();
  const attempts: (readonly LogRow[])[] = [];
  kept.state.store = (rows) => {
    attempts.push(rows);
    return hanging.promise;
  };
  logger.info("never stored");
  await eventually(() => assert.equal(attempts.length, 1));
  logger.info("nor this");
  await kept.keeper.stop();
  assert.deepEqual(kept.stored, []);
  hanging.resolve();
  await kept[Symbol.asyncDispose]();
});
