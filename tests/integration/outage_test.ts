import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import type { Millrace } from "../support/millrace.ts";
import { openSocketClient } from "../support/socket_client.ts";
import { startTestCluster, statusOf, withServers } from "../support/test_cluster.ts";

const json = { "content-type": "application/json" };

async function requestJson(node: Millrace, method: string, path: string, body?: unknown) {
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
  ["GET", "/api/processor/logs?since=0"],
];

Deno.test({
  ...withServers(
    "a node reports an outage of either server with the documented messages, and recovers",
  ),
  async fn(t) {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("all");
    const take = (source: string) =>
      requestJson(node, "POST", "/api/articles", { title: source, content: "x", source });
    await using socket = await openSocketClient(`${node.url}/ws/processor-status`);

    const limited = await requestJson(node, "PUT", "/api/processor/config", { most_waiting: 1 });
    assert.equal(limited.status, 200);

    await t.step("with Redis away, endpoints that need it fail without effect", async () => {
      await cluster.redis.kill();
      for (const [method, path, body] of NEEDS_BROKER) {
        assert.deepEqual(
          await requestJson(node, method, path, body),
          { status: 500, body: { success: false, message: "Redis未连接" } },
          `${method} ${path}`,
        );
      }
      assert.equal(
        (await requestJson(node, "GET", "/api/processor/config")).body.data.enabled,
        true,
      );
      assert.deepEqual(
        (await requestJson(node, "GET", "/api/operations")).body.data.operations,
        [],
      );
    });

    await t.step(
      "with Redis away, the node is alive, but not ready, and names the missing server",
      async () => {
        assert.equal((await requestJson(node, "GET", "/healthz")).status, 200);
        assert.deepEqual(await requestJson(node, "GET", "/readyz"), {
          status: 503,
          body: {
            success: false,
            message: "Not ready: the broker cannot be reached",
            code: "not_ready",
            parameters: { what: "the broker" },
            data: { broker: "away", database: "ready" },
          },
        });
        const metrics = await (await node.fetch("/metrics")).text();
        assert.match(metrics, /^millrace_broker_up 0$/m);
        assert.doesNotMatch(metrics, /^millrace_pending/m);
      },
    );

    await t.step("with Redis away, live pages are notified", async () => {
      for (;;) {
        const { outages = [], running } = JSON.parse(await socket.next());
        if (!outages.includes("broker")) continue;
        assert.equal(running, false);
        return;
      }
    });

    await t.step(
      "with Redis away, articles are accepted, and processed once it is back",
      async () => {
        const accepted = await take("while Redis was away");
        assert.equal(accepted.status, 201);
        // The limit of what waits does not apply: nothing counts it.
        assert.equal((await take("another one")).status, 201);
        await cluster.redis.restart();
        await eventually(async () => {
          const { id } = accepted.body.data;
          const { state } = (await requestJson(node, "GET", `/api/articles/${id}`)).body.data;
          assert.equal(state, "processed");
        }, 40_000);
      },
    );

    await t.step("with Redis back, the node works as before", async () => {
      await eventually(async () => assert.equal((await statusOf(node)).running, true));
      assert.equal((await requestJson(node, "GET", "/readyz")).status, 200);
      for (;;) {
        const { outages = [], running } = JSON.parse(await socket.next());
        if (running && outages.length === 0) break;
      }
    });

    await t.step("with Postgres away, endpoints that need it fail without effect", async () => {
      await cluster.postgres.kill();
      for (const [method, path, body] of NEEDS_DATABASE) {
        assert.deepEqual(
          await requestJson(node, method, path, body),
          {
            // A producer's HTTP library retries after a 503.
            status: `${method} ${path}` === "POST /api/articles" ? 503 : 500,
            body: { success: false, message: "数据库未连接" },
          },
          `${method} ${path}`,
        );
      }
      const readyz = await requestJson(node, "GET", "/readyz");
      assert.deepEqual([readyz.status, readyz.body.message], [
        503,
        "Not ready: the database cannot be reached",
      ]);
    });

    await t.step("with Postgres away, the status shows it, and no articles are taken", async () => {
      const away = await eventually(async () => {
        const status = await statusOf(node);
        assert.equal(status.running, false);
        assert.deepEqual(status.nodes.map(({ outages }) => outages), [["database"]]);
        return status;
      });
      await cluster.redis.command("LPUSH", "pending:articles", "4711", "4712");
      await eventually(async () => {
        const { seq, queue_pending, in_flight } = await statusOf(node);
        assert.ok(seq > away.seq + 1, "the status does not advance");
        assert.deepEqual([queue_pending, in_flight], [away.queue_pending + 2, away.in_flight]);
      });
      await cluster.redis.command("LTRIM", "pending:articles", "2", "-1");
    });

    await t.step("with Postgres away, an import is rejected before it starts", async () => {
      const response = await node.fetch("/api/articles/import", {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: '{"title":"a","content":"b"}\n',
      });
      assert.equal(response.status, 503);
      assert.ok(Number(response.headers.get("retry-after")) > 0);
      assert.deepEqual(await response.json(), { success: false, message: "数据库未连接" });
    });

    await t.step("with Postgres back, articles are processed again", async () => {
      await cluster.postgres.start();
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

    await t.step("the log has one line for the start of each outage, and one for its end", () => {
      assert.deepEqual(node.log().match(/The (broker|database) is (unreachable|back)/g), [
        "The broker is unreachable",
        "The broker is back",
        "The database is unreachable",
        "The database is back",
      ]);
    });
  },
});
