import assert from "node:assert/strict";
import { createHandedOut } from "../../../lib/queue/redis/handed_out.ts";

Deno.test("active ids that nobody was told of are lost, until they are handed out", async () => {
  let time = 0;
  const handedOut = createHandedOut(() => time);
  const active = () => Promise.resolve([1, 2, 3]);
  handedOut.add("a", [1, 2]);
  handedOut.add("b", [3]);
  assert.deepEqual(await handedOut.findLost("a", active), [3]);
  handedOut.add("a", [3]);
  handedOut.remove("a", [1]);
  assert.deepEqual(await handedOut.findLost("a", active), [], "It looked again at once.");
  time += 5_000;
  assert.deepEqual(await handedOut.findLost("a", active), [1]);
  handedOut.clear("a");
  time += 5_000;
  assert.deepEqual(await handedOut.findLost("a", active), [1, 2, 3]);
});

Deno.test("a look that fails is repeated by the next take", async () => {
  const handedOut = createHandedOut(() => 0);
  const failing = () => Promise.reject(new Error("It is away."));
  await assert.rejects(handedOut.findLost("a", failing));
  assert.deepEqual(await handedOut.findLost("a", () => Promise.resolve([7])), [7]);
});
