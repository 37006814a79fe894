import assert from "node:assert/strict";
import { createMemoryBus } from "../../lib/bus/memory_bus.ts";
import { busContract, line, type Subject } from "./bus_contract.ts";

function createSubject(): Subject {
  const errors: Error[] = [];
  const bus = createMemoryBus({ onError: (error) => void errors.push(error) });
  return { bus, errors, [Symbol.asyncDispose]: () => bus[Symbol.asyncDispose]() };
}

for (const [name, run] of Object.entries(busContract)) {
  Deno.test(`in memory: ${name}`, async () => {
    await using subject = createSubject();
    await run(subject);
  });
}

Deno.test("in memory: line ids increase across restarts and when the clock is set back", async () => {
  let time = 1_000;
  const options = { now: () => time, onError: () => {} };
  const ids: number[] = [];
  for (const start of [5_000, 6_000]) {
    time = start;
    await using bus = createMemoryBus(options);
    await bus.appendLogs([line("1"), line("2")]);
    time = 10;
    await bus.appendLogs([line("3")]);
    ids.push(...(await bus.recentLogs({ limit: 10 })).lines.map(({ id }) => id));
  }
  assert.deepEqual(ids, ids.toSorted((a, b) => a - b));
  assert.equal(new Set(ids).size, 6);
});
