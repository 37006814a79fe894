import assert from "node:assert/strict";
import { untilReachable } from "../../lib/processor/until_reachable.ts";
import { BrokerUnreachableError, DatabaseUnreachableError } from "../../lib/runtime/errors.ts";

function watching() {
  const seen: string[] = [];
  return {
    seen,
    watch: {
      began: (error: Error) => void seen.push(`began ${error.name}`),
      ended: () => void seen.push("ended"),
    },
  };
}

Deno.test("untilReachable() repeats through an outage and tells of it once", async () => {
  const { seen, watch } = watching();
  let tries = 0;
  const answer = await untilReachable(
    () => ++tries < 3 ? Promise.reject(new DatabaseUnreachableError("away")) : Promise.resolve(7),
    new AbortController().signal,
    watch,
  );
  assert.equal(answer, 7);
  assert.equal(tries, 3);
  assert.deepEqual(seen, ["began DatabaseUnreachableError", "ended"]);
});

Deno.test("untilReachable() throws any other error at once", async () => {
  const { seen, watch } = watching();
  await assert.rejects(
    untilReachable(
      () => Promise.reject(new RangeError("wrong")),
      new AbortController().signal,
      watch,
    ),
    RangeError,
  );
  assert.deepEqual(seen, []);
});

Deno.test("untilReachable() gives up when its signal aborts, and leaves no timer", async () => {
  const { seen, watch } = watching();
  const giveUp = new AbortController();
  const waiting = untilReachable(
    () => Promise.reject(new BrokerUnreachableError("away")),
    giveUp.signal,
    watch,
  );
  queueMicrotask(() => giveUp.abort());
  await assert.rejects(waiting, { name: "AbortError" });
  assert.deepEqual(seen, ["began BrokerUnreachableError"]);
});

Deno.test("untilReachable() does not wait for a silent server when its signal aborts", async () => {
  const { watch } = watching();
  const giveUp = new AbortController();
  const silence = Promise.withResolvers<void>();
  const waiting = untilReachable(() => silence.promise, giveUp.signal, watch);
  giveUp.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  silence.reject(new BrokerUnreachableError("given up late, and of no interest any more"));
});
