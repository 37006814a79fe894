import assert from "node:assert/strict";
import { withTimeLimit } from "../../workers/time_limit.ts";

Deno.test("withTimeLimit() returns the callback's result", () => {
  assert.deepEqual(withTimeLimit(1_000, () => 42), { kind: "finished", value: 42 });
  assert.deepEqual(withTimeLimit(1_000, () => undefined), { kind: "finished", value: undefined });
});

Deno.test("withTimeLimit() rethrows the callback's errors", () => {
  const thrown = new TypeError("mine");
  assert.throws(() =>
    withTimeLimit(1_000, () => {
      throw thrown;
    }), thrown);
});

Deno.test("withTimeLimit() interrupts an endless loop, and can be used again", () => {
  const endless: Record<string, () => unknown> = {
    "a bare loop": () => {
      while (true);
    },
    "a loop that catches everything": () => {
      while (true) {
        try {
          JSON.parse("{");
        } catch { /* the next one, then */ }
      }
    },
    "a regular expression": () => /^(a+)+$/.test("a".repeat(60) + "b"),
    "a hoard": () => {
      for (const hoard: unknown[] = [];;) hoard.push({ size: hoard.length });
    },
  };
  for (const [what, work] of Object.entries(endless)) {
    const began = performance.now();
    assert.deepEqual(withTimeLimit(50, work), { kind: "overran" }, what);
    assert.ok(performance.now() - began < 5_000, what);
    assert.deepEqual(withTimeLimit(50, () => "fine"), { kind: "finished", value: "fine" });
  }
});
