import assert from "node:assert/strict";
import fc from "fast-check";
import { createDueTimes } from "../../../lib/queue/memory/due_times.ts";

const id = fc.integer({ min: 1, max: 50 });
const time = fc.integer({ min: 0, max: 100 });
const step = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), id, time }),
  fc.record({ kind: fc.constant("delete" as const), id, time }),
  fc.record({ kind: fc.constant("take" as const), id, time }),
);

Deno.test("due ids are taken in order of their latest due time", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const dueTimes = createDueTimes();
      const model = new Map<number, number>();
      for (const { kind, id, time } of steps) {
        if (kind === "set") {
          dueTimes.set(id, time);
          model.set(id, time);
        } else if (kind === "delete") {
          dueTimes.delete(id);
          model.delete(id);
        } else {
          // Takes up to `id` ids: the number is reused as the limit.
          const expected = [...model.values()].filter((dueAt) => dueAt <= time)
            .sort((a, b) => a - b).slice(0, id);
          const taken = dueTimes.takeDue(time, id);
          assert.deepEqual(taken.map((each) => model.get(each)), expected);
          assert.equal(new Set(taken).size, taken.length);
          for (const each of taken) model.delete(each);
        }
        assert.equal(dueTimes.size, model.size);
      }
      assert.deepEqual(new Set(dueTimes.ids()), new Set(model.keys()));
    }),
  );
});

Deno.test("repeatedly set times do not accumulate", () => {
  const dueTimes = createDueTimes();
  const started = performance.now();
  for (let i = 0; i < 1_000_000; i++) dueTimes.set(i % 100, i);
  assert.deepEqual(dueTimes.takeDue(1_000_000, 1_000).length, 100);
  assert.ok(performance.now() - started < 5_000);
});
