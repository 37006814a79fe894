import assert from "node:assert/strict";
import fc from "fast-check";
import { createDeque } from "../../../lib/queue/memory/deque.ts";

const step = fc.oneof(
  fc.record({ at: fc.constant("left" as const), many: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ at: fc.constant("right" as const), many: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ at: fc.constant("pop" as const), many: fc.integer({ min: 1, max: 4_000 }) }),
);

Deno.test("a deque behaves like an array while it grows, wraps and shrinks", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const deque = createDeque();
      const model: number[] = [];
      let next = 0;
      for (const { at, many } of steps) {
        for (let i = 0; i < many; i++) {
          if (at === "pop") assert.equal(deque.popRight(), model.pop());
          else {
            const value = next++;
            if (at === "left") deque.pushLeft(value);
            else deque.pushRight(value);
            if (at === "left") model.unshift(value);
            else model.push(value);
          }
        }
        assert.equal(deque.size, model.length);
      }
      assert.deepEqual([...deque.values()], model);
    }),
    { numRuns: 30 },
  );
});
