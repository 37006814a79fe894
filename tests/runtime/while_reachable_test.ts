import assert from "node:assert/strict";
import { BrokerUnreachableError, DatabaseUnreachableError } from "../../lib/runtime/errors.ts";
import { whileReachable } from "../../lib/runtime/while_reachable.ts";

function watching() {
  const seen: string[] = [];
  return {
    seen,
    outages: {
      began: (error: Error) => void seen.push(`began ${error.name}`),
      ended: (error: Error) => void seen.push(`ended ${error.name}`),
    },
  };
}

Deno.test("whileReachable() retries during an outage and reports it once", async () => {
  const { seen, outages } = watching();
  let tries = 0;
  const result = await whileReachable(
    () => ++tries < 3 ? Promise.reject(new DatabaseUnreachableError("away")) : Promise.resolve(7),
    { signal: new AbortController().signal, outages },
  );
  assert.equal(result, 7);
  assert.equal(tries, 3);
  assert.deepEqual(seen, ["began DatabaseUnreachableError", "ended DatabaseUnreachableError"]);
});

Deno.test("whileReachable() rethrows other errors immediately", async () => {
  const { seen, outages } = watching();
  await assert.rejects(
    whileReachable(
      () => Promise.reject(new RangeError("wrong")),
      { signal: new AbortController().signal, outages },
    ),
    RangeError,
  );
  assert.deepEqual(seen, []);
});

Deno.test("whileReachable() stops when its signal aborts, without leaking a timer", async () => {
  const { seen, outages } = watching();
  const giveUp = new AbortController();
  const waiting = whileReachable(
    () => Promise.reject(new BrokerUnreachableError("away")),
    { signal: giveUp.signal, outages },
  );
  queueMicrotask(() => giveUp.abort());
  await assert.rejects(waiting, { name: "AbortError" });
  assert.deepEqual(seen, ["began BrokerUnreachableError", "ended BrokerUnreachableError"]);
});

Deno.test("whileReachable() does not wait for a silent server when its signal aborts", async () => {
  const { outages } = watching();
  const giveUp = new AbortController();
  const silence = Promise.withResolvers<void>();
  const waiting = whileReachable(() => silence.promise, { signal: giveUp.signal, outages });
  giveUp.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  silence.reject(new BrokerUnreachableError("late and ignored"));
});

Deno.test("whileReachable() reports each unavailable server", async () => {
  const { seen, outages } = watching();
  const errors = [new BrokerUnreachableError("away"), new DatabaseUnreachableError("away")];
  await whileReachable(() => {
    const error = errors.shift();
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  }, { signal: new AbortController().signal, outages });
  assert.deepEqual(seen, [
    "began BrokerUnreachableError",
    "ended BrokerUnreachableError",
    "began DatabaseUnreachableError",
    "ended DatabaseUnreachableError",
  ]);
});
