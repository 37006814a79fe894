import assert from "node:assert/strict";
import { watchLoopLag } from "../../lib/telemetry/loop_lag.ts";

Deno.test("a blocked event loop reports its lag", () => {
  using lag = watchLoopLag();
  assert.ok(lag.longestMs() < 200);
  const until = performance.now() + 900;
  while (performance.now() < until);
  const longest = lag.longestMs();
  assert.ok(longest > 350 && longest < 2_000, `${longest} ms`);
});
