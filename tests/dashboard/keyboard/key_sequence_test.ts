import assert from "node:assert/strict";
import { createKeySequence } from "../../../lib/dashboard/keyboard/key_sequence.ts";

const sequence = () =>
  createKeySequence(new Map([["?", "keys"], ["g o", "overview"], ["g l", "logs"]]));

Deno.test("single keys and two-key sequences are recognized", () => {
  const read = sequence();
  assert.deepEqual(read("?", 0), { kind: "whole", value: "keys" });
  assert.deepEqual(read("g", 10), { kind: "begun" });
  assert.deepEqual(read("l", 500), { kind: "whole", value: "logs" });
  assert.deepEqual(read("o", 510), { kind: "none" }, "the sequence has ended");
});

Deno.test("a late key starts a new sequence", () => {
  const read = sequence();
  read("g", 0);
  assert.deepEqual(read("o", 1_501), { kind: "none" });
  read("g", 2_000);
  assert.deepEqual(read("o", 3_500), { kind: "whole", value: "overview" });
});

Deno.test("a key that does not continue a sequence is read on its own", () => {
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
