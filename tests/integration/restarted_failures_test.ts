import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { requestData } from "../support/request_json.ts";

Deno.test("a restarted node knows its last failure, and does not call its new queue behind", async () => {
  await using node = await startMillrace({ env: { MILLRACE_POISON: "on" } });
  const status = () => requestData(node, "GET", "/api/processor/status");
  await requestData(node, "PUT", "/api/processor/config", { retry_max: 0 });
  const article = { title: "poison", content: "[[millrace:throw]]" };
  await requestData(node, "POST", "/api/articles", article);
  await eventually(async () => assert.equal((await status()).queue_dead, 1));
  const [before] = (await status()).nodes;
  await node.kill("SIGTERM");
  await node.start();
  await eventually(async () => {
    const { last_error, queue_dead, nodes: [after] } = await status();
    assert.deepEqual([last_error, queue_dead], ["Cannot process this: it is poison", 1]);
    assert.equal(after.last_error.node, before.node);
    // The node stamps the failure before Postgres stores it.
    assert.ok(Math.abs(after.last_error.at - before.last_error.at) < 5_000);
  });
  assert.doesNotMatch(node.log(), /queue_behind/);
});
