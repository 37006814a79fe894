import assert from "node:assert/strict";
import { parseProcessorStatus } from "../../lib/wire/processor_status.ts";
import { placement } from "./queue_contract.ts";
import { DAY, REPORT, TALLY, testKeys, TODAY } from "./test_keys.ts";

testKeys(
  "ids that another program pushes are taken, oldest first",
  "",
  async ({ server, queue }) => {
    await server.command("LPUSH", "pending:articles", "11");
    await server.command("LPUSH", "pending:articles", "12", "13");
    assert.deepEqual(await queue.take("a", 10), [11, 12, 13]);
  },
);

testKeys(
  "an invalid id is dropped and reported",
  "",
  async ({ server, queue, garbage }) => {
    const rubbish = ["", "x", "-1", "0", "1.5", "01", "1e3", "9007199254740992", '{"id":1}'];
    await server.command("LPUSH", "pending:articles", "5", ...rubbish, "9007199254740991");
    assert.deepEqual(await queue.take("a", 100), [5, Number.MAX_SAFE_INTEGER]);
    assert.deepEqual(garbage, rubbish);
    assert.equal((await queue.counts()).pending, 0);
  },
);

testKeys(
  "plain lists of an older system are migrated completely",
  "p:",
  async ({ server, queue, garbage }) => {
    const many = Array.from({ length: 2_500 }, (_, i) => String(i + 10));
    await server.command("LPUSH", "p:pending:articles:retry", ...many, "rubbish", "1");
    await server.command("LPUSH", "p:pending:articles:dead", "3", "4");
    await server.command("LPUSH", "p:pending:articles", "5");
    await queue.place(placement({ pending: [3], retry: [{ id: 6, dueInMs: 9e15, tries: 1 }] }));
    assert.deepEqual(await queue.counts(), { pending: 2, retry: 2_502, dead: 1, active: 0 });
    assert.deepEqual(garbage, ["rubbish"]);
    const taken = [...await queue.take("a", 10_000), ...await queue.take("a", 10_000)];
    taken.push(...await queue.take("a", 10_000));
    assert.equal(new Set(taken).size, 2_503, "Retries are due immediately.");
  },
);

testKeys("settling into a plain list loses no ids", "", async ({ server, queue }) => {
  await server.command("LPUSH", "pending:articles", "1", "2", "3");
  await queue.take("a", 3);
  await server.command("LPUSH", "pending:articles:dead", "9");
  await queue.settle("a", { ...placement({ dead: [{ id: 2, diedAt: 5 }] }), gone: [1, 3] }, TALLY);
  assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 2, active: 0 });
  assert.equal((await queue.totals()).processed, 4);
});

testKeys(
  "a node of an older version is live, and its sums count",
  "",
  async ({ server, queue }) => {
    await queue.report(REPORT, TODAY, 50, true);
    const own = JSON.parse(String(await server.command("HGET", "processor:nodes", "a")));
    const older = {
      seen_at: own.seen_at,
      restarts: 3,
      worker_rows: [],
      node: "b",
      role: "worker",
      running: true,
      workers: 4,
      in_flight: 0,
      speed: 0,
      last_error: null,
    };
    await server.command("HSET", "processor:nodes", "b", JSON.stringify(older));
    const status = parseProcessorStatus((await queue.report(null, TODAY, 50, true)).status);
    assert.deepEqual(
      [status.workers, status.worker_restarts, status.nodes.map(({ lost }) => lost)],
      [6, 3, [false, false]],
    );
  },
);

testKeys("every key starts with the prefix", "{millrace}:", async ({ server, queue }) => {
  await queue.place(placement({ pending: [1, 2, 3, 4] }));
  await queue.take("a", 3);
  const retry = [{ id: 1, dueInMs: 9e15, tries: 1 }];
  await queue.settle("a", placement({ retry, dead: [{ id: 2, diedAt: 1 }] }), TALLY);
  await queue.report(REPORT, TODAY, 50, true);
  await queue.markWarm("epoch");
  await queue.withLock("work", async () => {
    const keys = await server.command("KEYS", "*");
    assert.ok(Array.isArray(keys));
    assert.deepEqual(keys.filter((key) => !key.startsWith("{millrace}:")), []);
    assert.ok(keys.includes("{millrace}:processor:lock:work"));
    assert.ok(keys.includes("{millrace}:processor:active:a"));
  });
});

testKeys(
  "attempts are kept for a day while an article waits, and deleted with it",
  "",
  async ({ server, queue }) => {
    await queue.place(placement({ pending: [1, 2] }));
    await queue.take("a", 2);
    const retry = [1, 2].map((id) => ({ id, dueInMs: 0, tries: 3 }));
    await queue.settle("a", placement({ retry }), null);
    assert.equal(await server.command("GET", "processor:retry:1"), "3");
    assert.equal(await server.command("TTL", "processor:retry:1"), 86_400);
    await queue.take("a", 2);
    await queue.settle("a", placement({ gone: [1], dead: [{ id: 2, diedAt: 1 }] }), null);
    assert.deepEqual(await server.command("KEYS", "processor:retry:*"), []);
  },
);

testKeys(
  "the status, the totals and the day's counter can be read as strings",
  "",
  async ({ server, queue }) => {
    await queue.settle("a", placement({}), TALLY);
    const { status } = await queue.report(
      { ...REPORT, last_error: { message: "It failed.", at: 1 } },
      TODAY,
      50,
      true,
    );
    const { at } = parseProcessorStatus(status);
    const hash = (key: string) => server.command("HGETALL", key);
    assert.deepEqual({ ...Object(await hash("processor:status")) }, {
      running: "true",
      workers: "2",
      queue_pending: "0",
      queue_retry: "0",
      queue_dead: "0",
      processed_total: "4",
      processed_today: "4",
      speed: "15.5",
      last_error: "It failed.",
      updated_at: String(at),
    });
    const stats = { ...Object(await hash("processor:stats")) };
    assert.ok(Math.abs(Number(stats.updated_at) - Date.now()) < 60_000);
    delete stats.updated_at;
    assert.deepEqual(stats, {
      total_processed: "4",
      total_failed: "5",
      total_retried: "2",
      total_elapsed_ms: "10.125",
      avg_processing_ms: "2.53",
    });
    assert.equal(await server.command("GET", `processor:processed:${DAY}`), "4");
    assert.equal(await server.command("TTL", `processor:processed:${DAY}`), 2 * 86_400);
    await queue.report(null, TODAY, 0, true);
    await queue.report({ ...REPORT, running: false }, TODAY, 0, true);
    const after = Object(await hash("processor:status"));
    assert.deepEqual([after.running, after.last_error], ["false", ""]);
  },
);

testKeys("a stored number that is none counts as 0", "", async ({ server, queue }) => {
  await queue.settle("a", placement({}), TALLY);
  const set = (key: string, ...fields: string[]) =>
    server.command("HSET", key, ...fields.flatMap((field) => [field, "nan"]));
  await set("processor:stats", "total_processed", "total_elapsed_ms", "avg_processing_ms");
  await set("processor:published", "seq", "at", "taken_until");
  await set("processor:commits", "settlement", "note");
  await server.command("SET", `processor:processed:${DAY}`, "inf");
  const read = async () =>
    parseProcessorStatus((await queue.report(REPORT, TODAY, 0, true)).status);
  assert.equal((await read()).processed_total, 0);
  await queue.restoreTotals({ ...TALLY, processed: 0, failed: 0, retried: 0, elapsedMs: 0 }, [
    TALLY,
  ]);
  const { processed_total, processed_today, avg_processing_ms } = await read();
  assert.deepEqual({ processed_total, processed_today, avg_processing_ms }, {
    processed_total: 4,
    processed_today: 4,
    avg_processing_ms: 2.53,
  });
});

testKeys("a lone surrogate in a report does not break the status", "", async ({ queue }) => {
  const last_error = { message: "It failed at \ud83d", at: 1 };
  const { status } = await queue.report({ ...REPORT, last_error }, TODAY, 50, true);
  assert.equal(parseProcessorStatus(status).last_error, "It failed at \ufffd");
});

testKeys(
  "a lock expires, and only its holder releases it",
  "",
  async ({ server, queue }) => {
    await queue.withLock("work", async () => {
      const ttl = Number(await server.command("PTTL", "processor:lock:work"));
      assert.ok(ttl > 10_000 && ttl <= 15_000, `It expires in ${ttl} ms.`);
      await server.command("SET", "processor:lock:work", "another holder");
    });
    assert.equal(await server.command("GET", "processor:lock:work"), "another holder");
  },
);

testKeys(
  "batches of fifty take about half a command per article, including those in scripts",
  "",
  async ({ server, queue }) => {
    const ids = Array.from({ length: 500 }, (_, i) => i + 1);
    await queue.place(placement({ pending: ids }));
    await queue.report(REPORT, TODAY, 50, true);
    const calls = async () =>
      [...String(await server.command("INFO", "commandstats")).matchAll(/calls=(\d+)/g)]
        .reduce((sum, [, count]) => sum + Number(count), 0);
    await queue.settle("a", placement({ gone: await queue.take("a", 50) }), TALLY);
    const before = await calls();
    for (let batch = 2; batch <= 10; batch++) {
      const taken = await queue.take("a", 50);
      const commits = { settlement: batch };
      const gone = placement({ gone: taken, commits });
      await queue.settle("a", gone, { ...TALLY, processed: batch * 50 });
      // At 5,000 articles per second, the cluster publishes 20 statuses.
      if (batch % 5 === 0) await queue.report({ ...REPORT, in_flight: batch }, TODAY, 0, true);
    }
    const perArticle = (await calls() - before) / 450;
    assert.ok(perArticle < 0.55, `It takes ${perArticle} commands per article.`);
  },
);

testKeys(
  "a placement too large for one step is complete and in order",
  "",
  async ({ queue }) => {
    const ids = Array.from({ length: 12_001 }, (_, i) => i + 1);
    const retry = ids.slice(0, 7_000).map((id) => ({ id: id + 100_000, dueInMs: 9e15, tries: 1 }));
    await queue.place(placement({ pending: ids, retry }));
    assert.deepEqual(await queue.counts(), { pending: 12_001, retry: 7_000, dead: 0, active: 0 });
    assert.deepEqual(await queue.take("a", 20_000), ids);
  },
);
