import assert from "node:assert/strict";
import { z } from "zod";
import { placement } from "./queue_contract.ts";
import { DAY, REPORT, TALLY, testKeys, TODAY } from "./test_keys.ts";

for (const lost of ["processor:stats", `processor:tally:${DAY}`, `processor:processed:${DAY}`]) {
  testKeys(`articles are not counted twice when ${lost} is lost`, "", async ({ server, queue }) => {
    const older = { processed: 100, failed: 0, retried: 0, elapsedMs: 0 };
    const added = { processed: 1, failed: 0, retried: 0, elapsedMs: 1 };
    await queue.settle("a", placement({}), TALLY);
    await queue.settle("b", placement({}), { ...TALLY, node: "b" });
    await queue.restoreTotals(older, []);
    await server.command("DEL", lost);
    const next = { ...TALLY, processed: 5, elapsedMs: 11.125, added };
    await queue.settle("a", placement({}), next);
    await queue.settle("a", placement({}), next);
    await queue.restoreTotals(older, [next, { ...TALLY, node: "b" }]);
    const { updatedAt: _, ...totals } = await queue.totals();
    assert.deepEqual(totals, { processed: 109, failed: 6, retried: 4, elapsedMs: 21.25 });
    assert.equal(await server.command("GET", `processor:processed:${DAY}`), "9");
  });
}

testKeys(
  "what another program wrote in place of a lock does not hold it",
  "",
  async ({ server, queue }) => {
    for (
      const value of [
        ["SET", "processor:lock:work", "x"],
        ["HSET", "processor:lock:work", "a", "b"],
      ]
    ) {
      await server.command("DEL", "processor:lock:work");
      await server.command(...value);
      let held = false;
      const isTaken = await queue.withLock("work", async () => {
        held = true;
        assert.equal(await queue.withLock("work", async () => {}), false);
      });
      assert.deepEqual([isTaken, held], [true, true], value.join(" "));
    }
  },
);

testKeys(
  "a lock that another program overwrites is lost without an error",
  "",
  async ({ server, queue }) => {
    const isTaken = await queue.withLock("work", async () => {
      await server.command("DEL", "processor:lock:work");
      await server.command("HSET", "processor:lock:work", "a", "b");
    });
    assert.equal(isTaken, true);
    assert.equal(await server.command("HGET", "processor:lock:work", "a"), "b");
  },
);

testKeys(
  "the ids of a dead node are rescued though its lease is lost, or ends too late",
  "",
  async ({ server, queue }) => {
    await queue.place(placement({ pending: [1, 2, 3] }));
    for (const change of [["DEL", "processor:leases"], ["ZADD", "processor:leases", "inf", "a"]]) {
      assert.equal((await queue.take("a", 3)).length, 3);
      await queue.report(REPORT, TODAY, 50, true);
      await server.command(...change);
      const row = JSON.parse(String(await server.command("HGET", "processor:nodes", "a")));
      const silent = JSON.stringify({ ...row, seen_at: row.seen_at - 60_000 });
      await server.command("HSET", "processor:nodes", "a", silent);
      await queue.report(null, TODAY, 0, true);
      const rescued = await queue.rescue();
      if (rescued.length === 0) {
        const lease = Number(await server.command("ZSCORE", "processor:leases", "a"));
        assert.ok(lease < Date.now() + 60_000, `the lease ends at ${lease}`);
        await server.command("ZADD", "processor:leases", "1", "a");
        rescued.push(...await queue.rescue());
      }
      assert.deepEqual(rescued, [{ node: "a", ids: 3 }], change.join(" "));
    }
  },
);

testKeys(
  "values that are not ids are removed from retries and dead letters",
  "",
  async ({ server, queue, garbage }) => {
    await queue.place(placement({ dead: [{ id: 1, diedAt: 1 }, { id: 2, diedAt: 1 }] }));
    await server.command("ZADD", "pending:articles:dead", "1", "x", "2", "-7", "3", "");
    const visited: number[] = [];
    await queue.visitFailed("dead", (ids) => Promise.resolve(void visited.push(...ids)));
    assert.deepEqual(visited.sort(), [1, 2]);
    assert.deepEqual(garbage.sort(), ["", "-7", "x"]);
    assert.equal((await queue.counts()).dead, 2);
  },
);

testKeys(
  "another program's value is kept under a new name for a week",
  "p:",
  async ({ server, queue }) => {
    await server.command("SET", "p:pending:articles", "theirs", "EX", "5");
    assert.equal((await queue.counts()).pending, 0);
    const [name = ""] = z.array(z.string()).parse(
      await server.command("KEYS", "p:pending:articles:foreign:*"),
    );
    assert.equal(await server.command("GET", name), "theirs");
    const seconds = Number(await server.command("TTL", name));
    assert.ok(seconds > 6.9 * 86_400 && seconds <= 7 * 86_400, `${seconds} s`);
  },
);
