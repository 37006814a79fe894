import { signal } from "@preact/signals";
import assert from "node:assert/strict";
import { createBreakdownModel } from "../../../lib/dashboard/charts/breakdown_model.ts";
import type { SpanName } from "../../../lib/dashboard/charts/history_model.ts";
import type { BreakdownView } from "../../../lib/wire/breakdown.ts";

/** Requests that stay pending until the test responds; restores `fetch` when disposed. */
class HeldRequests implements Disposable {
  readonly sent: { query: URLSearchParams; respond: (response: Response) => void }[] = [];
  #real = globalThis.fetch;

  constructor() {
    globalThis.fetch = (input) =>
      new Promise((resolve) => {
        const query = new URL(String(input), "http://localhost").searchParams;
        this.sent.push({ query, respond: resolve });
      });
  }

  [Symbol.dispose]() {
    globalThis.fetch = this.#real;
  }
}

const view = (by: BreakdownView["by"]): BreakdownView => ({
  by,
  from: 0,
  step_seconds: 5,
  parts: [],
  others: null,
  names: [],
});
const done = (data: BreakdownView) => Response.json({ success: true, data });

function modelOf(span: SpanName, until: number | null = null) {
  const history = { span: signal(span), until: signal(until) };
  return createBreakdownModel(history, { by: null, pair: [], view: null });
}

Deno.test("a choice is shown once its data have loaded, over the span of the history", async () => {
  using requests = new HeldRequests();
  const model = modelOf("1h", 5_000);
  const shown = model.show({ by: "node", pair: ["a", "b"] });
  assert.deepEqual([model.shown.value.by, model.loading.value], [null, true]);
  const [request] = requests.sent;
  assert.equal(String(request!.query), "span=1h&by=node&until=5000&of=a&of=b");
  request!.respond(done(view("node")));
  await shown;
  assert.deepEqual(model.shown.value, { by: "node", pair: ["a", "b"], view: view("node") });
  assert.equal(model.loading.value, false);
});

Deno.test("the later of two choices wins, regardless of the order of responses", async () => {
  using requests = new HeldRequests();
  const model = modelOf("5m");
  const choices = [model.show({ by: "node", pair: [] }), model.show({ by: "group", pair: [] })];
  requests.sent[1]!.respond(done(view("group")));
  requests.sent[0]!.respond(done(view("node")));
  await Promise.all(choices);
  assert.equal(model.shown.value.by, "group");
});

Deno.test("a failure is reported, and the previous data stay", async () => {
  using requests = new HeldRequests();
  const model = modelOf("5m");
  const shown = model.show({ by: "node", pair: [] });
  requests.sent[0]!.respond(new Response("", { status: 502 }));
  await shown;
  assert.deepEqual(model.failure.value, { kind: "unreachable" });
  assert.equal(model.shown.value.by, null);
});

Deno.test("the total sends no request", async () => {
  using requests = new HeldRequests();
  const model = modelOf("5m");
  await model.refresh();
  await model.show({ by: null, pair: [] });
  assert.deepEqual(requests.sent, []);
});
