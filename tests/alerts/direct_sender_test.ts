import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { createDirectSender } from "../../lib/alerts/direct_sender.ts";
import { eventually } from "../support/eventually.ts";
import { statusOf } from "../support/statuses.ts";

Deno.test("during an outage, neither the rules nor other targets wait for a slow target", async () => {
  const held = Promise.withResolvers<void>();
  const received: string[] = [];
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      received.push(`${pathname} ${(await request.json()).rule}`);
      if (pathname === "/slow") await held.promise;
      return new Response(null);
    },
  );
  using _release = { [Symbol.dispose]: () => held.resolve() };
  const targets = ["slow", "fast"].map((name, id) => ({
    ...{ id, name, kind: "webhook" as const, secret: null, language: "en" as const, signed: false },
    host: "127.0.0.1",
    url: `http://127.0.0.1:${server.addr.port}/${name}`,
  }));
  const rule = (id: number) => ({
    ...{ id, name: `rule-${id}`, measure: "backlog" as const, threshold: 0, for_seconds: 0 },
    ...{ target_ids: [0, 1], browser: false, notify_resolved: true, enabled: true },
    ...{ muted_until: null, last_fired_at: null, firing: false },
  });
  const firing = {
    state: { kind: "firing" as const, since: 0, peak: 1 },
    value: 1,
    status: statusOf({ nodes: [] }),
  };
  const { signal } = new AbortController();
  const direct = createDirectSender({ node: "a", logger: getLogger("test"), link: null, signal });
  direct.send(rule(1), targets, firing);
  direct.send(rule(2), targets, firing);
  await eventually(() =>
    assert.deepEqual(received.toSorted(), ["/fast rule-1", "/fast rule-2", "/slow rule-1"])
  );
  held.resolve();
  await direct[Symbol.asyncDispose]();
  assert.equal(received.at(-1), "/slow rule-2");
});
