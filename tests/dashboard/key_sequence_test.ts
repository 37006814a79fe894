import assert from "node:assert/strict";
import { createKeySequence } from "../../lib/dashboard/key_sequence.ts";

const sequence = () =>
  createKeySequence(new Map([["?", "keys"], ["g o", "overview"], ["g l", "logs"]]));

Deno.test("a key alone means something, and two one after the other", () => {
  const read = sequence();
  assert.deepEqual(read("?", 0), { kind: "whole", value: "keys" });
  assert.deepEqual(read("g", 10), { kind: "begun" });
  assert.deepEqual(read("l", 500), { kind: "whole", value: "logs" });
  assert.deepEqual(read("o", 510), { kind: "none" }, "what was begun is done");
});

Deno.test("a key that comes late begins anew", () => {
  const read = sequence();
  read("g", 0);
  assert.deepEqual(read("o", 1_501), { kind: "none" });
  read("g", 2_000);
  assert.deepEqual(read("o", 3_500), { kind: "whole", value: "overview" });
});

Deno.test("a key that does not go on with what was begun counts for itself", () => {
  const read = sequence();
  read("g", 0);
  assert.deepEqual(read("?", 1), { kind: "whole", value: "keys" });
  read("g", 2);
  assert.deepEqual(read("g", 3), { kind: "begun" });
  assert.deepEqual(read("o", 4), { kind: "whole", value: "overview" });
  read("g", 5);
  assert.deepEqual(read("x", 6), { kind: "none" });
  assert.deepEqual(read("o", 7), { kind: "none" });
});
