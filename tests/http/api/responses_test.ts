import assert from "node:assert/strict";
import { OPERATIONS } from "../../../lib/http/api/openapi_operations.ts";
import { eventually } from "../../support/eventually.ts";
import { type Millrace, startMillrace } from "../../support/millrace.ts";
import { createResponseCheck } from "../../support/response_schema.ts";

const JSON_TYPE = { "content-type": "application/json" };

/** Values of path parameters; `id` depends on the path. */
const QUERIES: Record<string, string> = {
  "GET /api/processor/history": "?span=5m",
  "GET /api/search": "?q=a",
  "GET /api/processor/breakdown": "?span=5m&by=group",
  "GET /api/processor/timings": "?span=5m",
};
/** Operations that return a file. */
const FILES = ["GET /api/backup", "GET /api/events/export"];

Deno.test("every GET operation returns data that matches its OpenAPI schema", async (t) => {
  await using node = await startMillrace();
  const check = createResponseCheck(await (await node.fetch("/api/openapi.json")).json());
  await prepare(node);

  const reads = Object.keys(OPERATIONS).filter((key) => key.startsWith("GET "));
  assert.ok(reads.length > 15);
  for (const key of reads.filter((key) => !FILES.includes(key))) {
    await t.step(key, async () => {
      const path = key.slice("GET ".length).replace("{id}", "1") + (QUERIES[key] ?? "");
      const response = await node.fetch(path);
      const body = await response.json();
      assert.equal(response.status, 200, JSON.stringify(body));
      check(key, 200, body);
    });
  }

  await t.step("a response with an extra or a missing field is rejected", async () => {
    const body = await (await node.fetch("/api/processor/stats")).json();
    const { total_failed: _, ...rest } = body.data;
    const key = "GET /api/processor/stats";
    assert.throws(() => check(key, 200, { success: true, data: rest }), /total_failed/);
    const more = { success: true, data: { ...body.data, more: 1 } };
    assert.throws(() => check(key, 200, more), /additional/);
  });

  await t.step("the API reference page lists every operation", async () => {
    const page = await (await node.fetch("/reference", { headers: { "accept-language": "en" } }))
      .text();
    for (const { summary } of Object.values(OPERATIONS)) {
      assert.ok(page.includes(summary.replaceAll("&", "&amp;")), summary);
    }
  });
});

/** Adds an entry to each list: articles in every reachable state, an import, an alert, events. */
async function prepare(node: Millrace) {
  const post = async (path: string, body?: unknown) => {
    const response = await node.fetch(path, {
      method: "POST",
      headers: JSON_TYPE,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, await response.text());
  };
  await node.fetch("/api/processor/config", {
    method: "PUT",
    headers: JSON_TYPE,
    body: JSON.stringify({ retry_max: 0 }),
  });
  const content = "<p>一个足够长的段落，用来看看整条流水线是否真的把它处理完了。</p>";
  await post("/api/articles", { title: "第一篇", content, source: "1", extra: { someName: 1 } });
  await post("/api/articles/import", { title: "第二篇", content });
  const target = { name: "hook", kind: "webhook", url: "http://127.0.0.1:9/", secret: null };
  await post("/api/alerts/targets", { ...target, language: "en" });
  const rule = { name: "dead", measure: "dead_letters", threshold: 0, for_seconds: 0 };
  await post("/api/alerts/rules", {
    ...rule,
    target_ids: [1],
    browser: false,
    notify_resolved: true,
    enabled: true,
  });
  await post("/api/processor/retry-all");
  await eventually(async () => {
    const { data } = await (await node.fetch("/api/processor/status")).json();
    assert.ok(data.processed_total > 1);
  }, 60_000);
}
