import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import type { Millrace } from "../support/millrace.ts";
import { openSocketClient } from "../support/socket_client.ts";
import { onStage, setStage, statusOf } from "../support/stage.ts";

const json = { "content-type": "application/json" };

async function answer(node: Millrace, method: string, path: string, body?: unknown) {
  const init = body === undefined
    ? { method }
    : { method, headers: json, body: JSON.stringify(body) };
  const response = await node.fetch(path, init);
  return { status: response.status, body: await response.json() };
}

const NEEDS_BROKER: [string, string, unknown?][] = [
  ["GET", "/api/processor/status"],
  ["GET", "/api/processor/stats"],
  ["POST", "/api/processor/start"],
  ["POST", "/api/processor/stop"],
  ["POST", "/api/processor/retry-all"],
  ["DELETE", "/api/processor/dead-queue"],
  ["POST", "/api/failures/retry", {}],
  ["POST", "/api/failures/clear", {}],
  ["POST", "/api/operations/1/undo"],
];

const NEEDS_DATABASE: [string, string, unknown?][] = [
  ["GET", "/api/processor/config"],
  ["PUT", "/api/processor/config", { retry_max: 1 }],
  ["POST", "/api/processor/stop"],
  ["GET", "/api/processor/history?span=5m"],
  ["POST", "/api/processor/retry-all"],
  ["DELETE", "/api/processor/dead-queue"],
  ["GET", "/api/articles"],
  ["GET", "/api/articles/1"],
  ["POST", "/api/articles/1/process"],
  ["POST", "/api/articles", { title: "x", content: "y" }],
  ["GET", "/api/failures"],
  ["GET", "/api/failures/causes"],
  ["GET", "/api/operations"],
];

Deno.test({
  ...onStage("an outage of either server is said in the words of the contract, and is survived"),
  async fn(t) {
    await using stage = await setStage();
    const node = await stage.node("all");
    const take = (source: string) =>
      answer(node, "POST", "/api/articles", { title: source, content: "x", source });
    await using socket = await openSocketClient(`${node.url}/ws/processor-status`);

    await t.step("with Redis away, what needs it says so and does nothing", async () => {
      await stage.redis.kill();
      for (const [method, path, body] of NEEDS_BROKER) {
        assert.deepEqual(
          await answer(node, method, path, body),
          { status: 500, body: { success: false, message: "Redis未连接" } },
          `${method} ${path}`,
        );
      }
      assert.equal((await answer(node, "GET", "/api/processor/config")).body.data.enabled, true);
      assert.deepEqual((await answer(node, "GET", "/api/operations")).body.data.operations, []);
    });

    await t.step(
      "with Redis away, the node is alive, not ready, and names what is missing",
      async () => {
        assert.equal((await answer(node, "GET", "/healthz")).status, 200);
        assert.deepEqual(await answer(node, "GET", "/readyz"), {
          status: 503,
          body: {
            success: false,
            message: "Not ready: the broker cannot be reached",
            data: { broker: "away", database: "ready" },
          },
        });
        const metrics = await (await node.fetch("/metrics")).text();
        assert.match(metrics, /^millrace_broker_up 0$/m);
        assert.doesNotMatch(metrics, /^millrace_pending/m);
      },
    );

    await t.step("with Redis away, whoever watches is told", async () => {
      for (;;) {
        const { outages = [], running } = JSON.parse(await socket.next());
        if (!outages.includes("broker")) continue;
        assert.equal(running, false);
        return;
      }
    });

    await t.step(
      "with Redis away, articles are accepted, and processed when it is back",
      async () => {
        const accepted = await take("while Redis was away");
        assert.equal(accepted.status, 201);
        await stage.redis.restart();
        await eventually(async () => {
          const { id } = accepted.body.data;
          const { state } = (await answer(node, "GET", `/api/articles/${id}`)).body.data;
          assert.equal(state, "processed");
        }, 40_000);
      },
    );

    await t.step("with Redis back, everything is as before", async () => {
      await eventually(async () => assert.equal((await statusOf(node)).running, true));
      assert.equal((await answer(node, "GET", "/readyz")).status, 200);
      for (;;) {
        const { outages = [], running } = JSON.parse(await socket.next());
        if (running && outages.length === 0) break;
      }
    });

    await t.step("with Postgres away, what needs it says so and does nothing", async () => {
      await stage.postgres.kill();
      for (const [method, path, body] of NEEDS_DATABASE) {
        assert.deepEqual(
          await answer(node, method, path, body),
          { status: 500, body: { success: false, message: "数据库未连接" } },
          `${method} ${path}`,
        );
      }
      const readyz = await answer(node, "GET", "/readyz");
      assert.deepEqual([readyz.status, readyz.body.message], [
        503,
        "Not ready: the database cannot be reached",
      ]);
    });

    await t.step("with Postgres away, the status says so, and nothing is taken", async () => {
      const away = await eventually(async () => {
        const status = await statusOf(node);
        assert.equal(status.running, false);
        assert.deepEqual(status.nodes.map(({ outages }) => outages), [["database"]]);
        return status;
      });
      await stage.redis.command("LPUSH", "pending:articles", "4711", "4712");
      await eventually(async () => {
        const { seq, queue_pending, in_flight } = await statusOf(node);
        assert.ok(seq > away.seq + 1, "the status stands still");
        assert.deepEqual([queue_pending, in_flight], [away.queue_pending + 2, away.in_flight]);
      });
      await stage.redis.command("LTRIM", "pending:articles", "2", "-1");
    });

    await t.step("with Postgres away, an import says how far it came", async () => {
      const response = await node.fetch("/api/articles/import", {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: '{"title":"a","content":"b"}\n',
      });
      assert.equal(response.status, 500);
      assert.deepEqual(await response.json(), {
        success: false,
        message: "数据库未连接",
        data: { accepted: 0, duplicates: 0, rejected: [], rejected_total: 0, newest_id: null },
      });
    });

    await t.step("with Postgres back, articles go through again", async () => {
      await stage.postgres.start();
      const before = (await eventually(() => statusOf(node))).processed_total;
      await eventually(async () => {
        const { status } = await take("after Postgres came back");
        assert.ok(status === 201 || status === 409, String(status));
      });
      await eventually(async () => {
        const { processed_total, running } = await statusOf(node);
        assert.ok(running && processed_total > before);
      }, 20_000);
    });

    await t.step("the log tells of both outages, and of their ends", () => {
      const told = node.log().match(/The (broker|database) is away|What was away is back/g);
      assert.deepEqual(told?.filter((line, i) => line !== told[i - 1]), [
        "The broker is away",
        "What was away is back",
        "The database is away",
        "What was away is back",
      ]);
    });
  },
});
