import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { eventually } from "../support/eventually.ts";
import type { Millrace } from "../support/millrace.ts";
import { startMillrace } from "../support/millrace.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

const SECRET = "the key of the webhook";

Deno.test({
  ...withServers("one of several nodes sends a signed alert, and another message when it resolves"),
  async fn() {
    await using receiver = startReceiver();
    await using cluster = await startTestCluster();
    const web = await cluster.startNode("web");
    await cluster.startNode("web");
    await cluster.startNode("worker");
    const target = await call(web, "POST", "targets", targetOf(receiver.url, SECRET));
    const rule = { ...RULE, target_ids: [target.id] };
    await call(web, "POST", "rules", rule);
    await post(web, "/api/processor/stop");
    await postArticles(web, 3);
    const [fired] = await receiver.received(1);
    assert.deepEqual([fired!.body.event, fired!.body.rule], ["fired", "A backlog"]);
    const { timestamp, signature, text } = fired!;
    const expected = createHmac("sha256", SECRET).update(`${timestamp}.${text}`).digest("hex");
    assert.equal(signature, `sha256=${expected}`);
    await post(web, "/api/processor/start");
    const [, resolved] = await receiver.received(2);
    assert.equal(resolved!.body.event, "resolved");
    const { firings, rules } = await call(web, "GET", "");
    assert.equal(firings.length, 1);
    assert.notEqual(firings[0].ended_at, null);
    assert.equal(rules[0].firing, false);
    assert.equal((await receiver.received(2)).length, 2);
  },
});

Deno.test("an undelivered message is retried with the same id, and shows its error meanwhile", async () => {
  await using receiver = startReceiver({ refuse: 1 });
  await using node = await startMillrace();
  const target = await call(node, "POST", "targets", targetOf(receiver.url, null));
  await call(node, "POST", "rules", { ...RULE, target_ids: [target.id] });
  await post(node, "/api/processor/stop");
  await postArticles(node, 1);
  await receiver.received(1);
  await eventually(async () => {
    const [delivery] = (await call(node, "GET", "")).firings[0].deliveries;
    assert.deepEqual([delivery.pending, delivery.error], [true, "HTTP 503"]);
    assert.ok(delivery.next_try_at > Date.now() - 5_000);
    const chinese = await node.fetch("/alerts", { headers: { "accept-language": "zh-CN" } });
    assert.match(await chinese.text(), /HTTP 503，试了 1 次，[0-9:]+ 再试/);
  });
  const [first, second] = await receiver.received(2);
  assert.equal(first!.body.id, second!.body.id);
  await eventually(async () => {
    const { firings } = await call(node, "GET", "");
    const [delivery] = firings[0].deliveries;
    assert.deepEqual([delivery.tries, delivery.pending, delivery.status], [2, false, 200]);
  });
  const { id } = (await call(node, "GET", "")).firings[0];
  await call(node, "POST", `firings/${id}/acknowledge`);
  assert.notEqual((await call(node, "GET", "")).firings[0].acknowledged_by, null);
});

Deno.test("a slow target delays no other one, and gets the messages of a rule in their order", async () => {
  await using slow = startReceiver({ refuse: 1, holds: true });
  await using fast = startReceiver();
  await using node = await startMillrace();
  const ids = [];
  for (const [name, { url }] of Object.entries({ slow, fast })) {
    ids.push((await call(node, "POST", "targets", { ...targetOf(url, null), name })).id);
  }
  await call(node, "POST", "rules", { ...RULE, target_ids: ids });
  await post(node, "/api/processor/stop");
  await postArticles(node, 1);
  await slow.received(1);
  await fast.received(1);
  await post(node, "/api/processor/start");
  const events = (messages: Message[]) => messages.map(({ body }) => body.event);
  assert.deepEqual(events(await fast.received(2)), ["fired", "resolved"]);
  const [request, ...others] = await slow.received(1);
  assert.equal(request!.signal.aborted, false, "the first request has not timed out");
  assert.deepEqual(others, []);
  slow.release();
  assert.deepEqual(events(await slow.received(3)), ["fired", "fired", "resolved"]);
});

Deno.test("a muted rule records alerts without sending them; secrets are never shown", async () => {
  await using receiver = startReceiver();
  await using node = await startMillrace();
  const target = await call(node, "POST", "targets", targetOf(receiver.url, SECRET));
  const { id } = await call(node, "POST", "rules", { ...RULE, target_ids: [target.id] });
  await call(node, "POST", "mute", { rule_id: id, seconds: 3_600 });
  await post(node, "/api/processor/stop");
  await postArticles(node, 1);
  const alerts = await eventually(async () => {
    const found = await call(node, "GET", "");
    assert.equal(found.firings.length, 1);
    return found;
  });
  assert.deepEqual(alerts.firings[0].deliveries, []);
  assert.doesNotMatch(JSON.stringify(alerts), /hook-path|the key of the webhook/);
  const test = await call(node, "POST", `targets/${target.id}/test`);
  assert.equal(test.delivered, true);
  assert.equal((await receiver.received(1))[0]!.body.event, "test");
});

Deno.test("a rule can be tested on past data, and an invalid rule is rejected by field", async () => {
  await using node = await startMillrace();
  const { measure, threshold, for_seconds } = RULE;
  const preview = await call(node, "POST", "preview", { measure, threshold, for_seconds });
  assert.equal(preview.known, true);
  const unknown = await call(node, "POST", "preview", { measure: "stuck", threshold, for_seconds });
  assert.equal(unknown.known, false);
  const response = await node.fetch("/api/alerts/rules", json("POST", { ...RULE, measure: "x" }));
  assert.equal(response.status, 400);
  assert.match((await response.json()).message, /^measure must be one of dead_letters, /);
  const lost = { ...RULE, measure: "nodes_lost", for_seconds: 60 };
  const tooLong = await node.fetch("/api/alerts/rules", json("POST", lost));
  assert.equal(tooLong.status, 400);
  assert.match((await tooLong.json()).message, /^for_seconds must be at most 45 for nodes_lost/);
});

Deno.test("saving a rule unchanged, and ending a mute that is over, are no events", async () => {
  await using node = await startMillrace();
  const { id } = await call(node, "POST", "rules", RULE);
  await call(node, "PUT", `rules/${id}`, RULE);
  await call(node, "POST", "mute", { rule_id: id, seconds: 0 });
  await call(node, "POST", "mute", { rule_id: id, seconds: 60 });
  await call(node, "POST", "mute", { rule_id: null, seconds: 0 });
  await call(node, "POST", "mute", { rule_id: null, seconds: 0 });
  await call(node, "PUT", `rules/${id}`, { ...RULE, threshold: 9 });
  const response = await node.fetch("/api/events?kind=settings,alert_muted,alert_unmuted");
  const { events } = (await response.json()).data;
  assert.deepEqual(
    events.map(({ kind, subject }: { kind: string; subject: string | null }) => [kind, subject]),
    [
      ["settings", "alert rule A backlog"],
      ["alert_unmuted", null],
      ["alert_muted", "A backlog"],
      ["settings", "alert rule A backlog"],
    ],
  );
});

Deno.test("a rule cannot take the name of another one", async () => {
  await using node = await startMillrace();
  await call(node, "POST", "rules", RULE);
  const other = await call(node, "POST", "rules", { ...RULE, name: "Other" });
  const refusal = async (method: string, path: string) => {
    const response = await node.fetch(`/api/alerts/${path}`, json(method, RULE));
    return [response.status, (await response.json()).message];
  };
  const taken = [409, "There is a rule named A backlog already"];
  assert.deepEqual(await refusal("POST", "rules"), taken);
  assert.deepEqual(await refusal("PUT", `rules/${other.id}`), taken);
  assert.deepEqual(await refusal("PUT", "rules/99"), [404, "There is no rule 99"]);
  await call(node, "PUT", `rules/${other.id}`, { ...RULE, name: "Other", threshold: 5 });
});

const RULE = {
  name: "A backlog",
  measure: "backlog",
  threshold: 0,
  for_seconds: 0,
  target_ids: [] as number[],
  browser: false,
  notify_resolved: true,
  enabled: true,
};

function targetOf(url: string, secret: string | null) {
  return { name: "ops", kind: "webhook", url: `${url}hook-path`, secret, language: "en" };
}

function json(method: string, body?: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function call(node: Millrace, method: string, path: string, body?: unknown) {
  const response = await node.fetch(`/api/alerts${path && `/${path}`}`, json(method, body));
  const result = await response.json();
  assert.ok(response.ok, JSON.stringify(result));
  return result.data;
}

async function post(node: Millrace, path: string) {
  const response = await node.fetch(path, { method: "POST" });
  assert.ok(response.ok, await response.text());
}

async function postArticles(node: Millrace, count: number) {
  for (let index = 0; index < count; index++) {
    const article = {
      title: `Article ${index}`,
      content: "银行门口的行人停下来，看河水推着木轮慢慢地转。",
    };
    const response = await node.fetch("/api/articles", json("POST", article));
    assert.equal(response.status, 201, await response.text());
  }
}

interface Message {
  text: string;
  body: { id: string; event: string; rule: string };
  timestamp: string | null;
  signature: string | null;
  signal: AbortSignal;
}

/** A webhook receiver that rejects the first messages with 503; if it `holds`, it responds after `release`. */
function startReceiver({ refuse = 0, holds = false } = {}) {
  const held = Promise.withResolvers<void>();
  if (!holds) held.resolve();
  const messages: Message[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const text = await request.text();
    const position = messages.push({
      text,
      body: JSON.parse(text),
      timestamp: request.headers.get("x-millrace-timestamp"),
      signature: request.headers.get("x-millrace-signature"),
      signal: request.signal,
    });
    await held.promise;
    return new Response(null, { status: position > refuse ? 200 : 503 });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    /** Waits for `count` messages and returns them. */
    received: (count: number) =>
      eventually(() => {
        assert.ok(messages.length >= count, `${messages.length} messages`);
        return messages;
      }, 60_000),
    release: () => held.resolve(),
    async [Symbol.asyncDispose]() {
      held.resolve();
      await server.shutdown();
    },
  };
}
