import assert from "node:assert/strict";
import { startMillrace } from "../support/millrace.ts";
import { openSocketClient } from "../support/socket_client.ts";
import { parseProcessorStatus } from "../../lib/wire/processor_status.ts";

Deno.test("sockets receive live updates", async (t) => {
  await using node = await startMillrace();

  await t.step("a status immediately, then each change", async () => {
    await using socket = await openSocketClient(`${node.url}/ws/processor-status`);
    const first = parseProcessorStatus(await socket.next());
    assert.equal(first.processed_total, 0);
    const article = { title: "one", content: "x" };
    await node.fetch("/api/articles", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(article),
    }).then((response) => response.body?.cancel());
    while (parseProcessorStatus(await socket.next()).processed_total !== 1);
  });

  await t.step(
    "recent log lines immediately, and lines since a given id without gaps",
    async () => {
      const ids: number[] = [];
      {
        await using socket = await openSocketClient(`${node.url}/ws/processor-logs`);
        for (let n = 0; n < 2; n++) {
          const { type, id, level, message, timestamp } = JSON.parse(await socket.next());
          assert.equal(type, "log");
          assert.equal(typeof level, "string");
          assert.equal(typeof message, "string");
          assert.ok(Date.parse(timestamp) > 0);
          ids.push(id);
        }
      }
      const [first = 0, second] = ids;
      await using again = await openSocketClient(`${node.url}/ws/processor-logs?since=${first}`);
      assert.equal(JSON.parse(await again.next()).id, second);
    },
  );

  await t.step("a stopping node closes its sockets with a code and exits cleanly", async () => {
    await using status = await openSocketClient(`${node.url}/ws/processor-status`);
    await using logs = await openSocketClient(`${node.url}/ws/processor-logs`);
    await status.next();
    await logs.next();
    const { code } = await node.kill("SIGTERM");
    assert.equal(code, 0);
    assert.equal((await status.closed).code, 4001);
    assert.equal((await logs.closed).code, 4001);
  });
});
