import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";

Deno.test("with OTEL_DENO a node exports spans of requests and batches, and metrics", async () => {
  await using receiver = startReceiver();
  await using node = await startMillrace({
    env: {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRIC_EXPORT_INTERVAL: "500",
      OTEL_BSP_SCHEDULE_DELAY: "200",
    },
  });
  const content = "<p>一个足够长的段落，用来看看整条流水线是否真的把它处理完了。</p>";
  const response = await node.fetch("/api/articles", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "一", content }),
  });
  assert.equal(response.status, 201);
  await response.body?.cancel();

  await eventually(() => {
    const spans = receiver.received("/v1/traces");
    for (const name of ["POST", "batch", "load", "compute", "settle"]) {
      assert.match(spans, new RegExp(`"name":\\s*"${name}`), `a span ${name}`);
    }
    assert.match(receiver.received("/v1/metrics"), /"name":\s*"millrace\.span\.duration"/);
  }, 60_000);
});

/** An OTLP/HTTP receiver that stores requests by path. */
function startReceiver() {
  const bodies = new Map<string, string>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    bodies.set(pathname, (bodies.get(pathname) ?? "") + await request.text());
    return Response.json({});
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    received: (path: string) => bodies.get(path) ?? "",
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
