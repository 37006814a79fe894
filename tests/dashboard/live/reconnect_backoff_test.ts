import assert from "node:assert/strict";
import { backoff } from "../../../lib/dashboard/live/reconnect_backoff.ts";

Deno.test("backoff() starts at 1 s and doubles up to 30 s", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 1_000, Infinity].map((failures) => backoff(failures, 0));
  assert.deepEqual(longest, [1, 2, 4, 8, 16, 30, 30, 30, 30].map((seconds) => seconds * 1_000));
});

Deno.test("backoff() subtracts a jitter of up to half", () => {
  assert.equal(backoff(1, 1), 500);
  assert.equal(backoff(10, 0.5), 22_500);
});
