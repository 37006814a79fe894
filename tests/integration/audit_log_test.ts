import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

const ADMIN_TOKEN = "an-admin-token-of-some-length";
const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };

interface RecordedEvent {
  kind: string;
  subject: string | null;
  result: string;
  counts: Record<string, number>;
  actor: { name: string; role: string | null; address: string | null };
  request_id: string | null;
}

async function events(node: Millrace): Promise<RecordedEvent[]> {
  const response = await node.fetch("/api/events?limit=200", { headers });
  return (await response.json()).data.events.reverse();
}

/** Sends a request and returns its id. */
async function send(node: Millrace, line: string, body?: unknown): Promise<string | null> {
  const [method = "", path = ""] = line.split(" ");
  const response = await node.fetch(path, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await response.body?.cancel();
  assert.ok(response.ok, `${line}: ${response.status}`);
  return response.headers.get("x-request-id");
}

Deno.test("the audit log records every action with its actor and request", async () => {
  await using node = await startMillrace({ env: { ADMIN_TOKEN } });
  const [joined] = await events(node);
  assert.equal(joined?.kind, "node_joined");
  const name = joined?.actor.name ?? "";
  await send(node, "POST /api/articles/import?name=one.json", [{ title: "木轮", content: "短。" }]);
  await eventually(async () => {
    const listed = await node.fetch("/api/articles?state=processed", { headers });
    assert.equal((await listed.json()).data.articles.length, 1);
  });
  const requests: [kind: string, subject: string | null, line: string, body?: unknown][] = [
    ["process_again", "1", "POST /api/articles/1/process"],
    ["stop", null, "POST /api/processor/stop"],
    ["start", null, "POST /api/processor/start"],
    ["pause", name, `POST /api/processor/nodes/${name}/pause`],
    ["resume", name, `POST /api/processor/nodes/${name}/resume`],
    ["settings", "batch_size", "PUT /api/processor/config", { batch_size: 30 }],
    ["retry", "1", "POST /api/processor/retry-all"],
    ["clear", "2", "DELETE /api/processor/dead-queue"],
    ["export", "failures", "GET /failures/export"],
    ["export", "log", "GET /api/processor/logs?format=text"],
    ["export", "events", "GET /api/events/export"],
  ];
  const ids: (string | null)[] = [];
  for (const [, , line, body] of requests) ids.push(await send(node, line, body));
  const recorded = (await events(node)).slice(1);
  assert.deepEqual(recorded[0], {
    ...recorded[0],
    kind: "import",
    subject: "one.json",
    counts: { accepted: 1, duplicates: 0, rejected: 0 },
  });
  const acts = recorded.slice(1);
  assert.deepEqual(
    acts.map(({ kind, subject, request_id }) => [kind, subject, request_id]),
    requests.map(([kind, subject], n) => [kind, subject, ids[n]]),
  );
  for (const { actor, result, kind } of recorded) {
    assert.deepEqual(actor, { name: "admin", role: "admin", address: "127.0.0.1" }, kind);
    assert.equal(result, "succeeded", kind);
  }
  await node.kill("SIGTERM");
  await node.start();
  const kinds = (await events(node)).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-2), ["node_left", "node_joined"]);
});

Deno.test({
  ...withServers(
    "the audit log records a killed node and a broker outage once each",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const web = await cluster.startNode("web", { ADMIN_TOKEN });
    const worker = await cluster.startNode("worker");
    const kinds = async () => (await events(web)).map(({ kind }) => kind);
    await eventually(async () =>
      assert.equal((await kinds()).filter((kind) => kind === "node_joined").length, 2)
    );
    await cluster.redis.kill();
    const count = async (kind: string) => (await kinds()).filter((each) => each === kind).length;
    await eventually(async () =>
      assert.equal(await count("outage_began"), 2, "each node records its own outage")
    );
    await cluster.redis.restart();
    await eventually(async () => assert.equal(await count("outage_ended"), 2), 60_000);
    assert.equal(await count("outage_began"), 2);
    await worker.kill();
    await eventually(async () => {
      const lost = (await kinds()).filter((kind) => kind === "node_lost");
      assert.equal(lost.length, 1);
    }, 60_000);
  },
});
