import assert from "node:assert/strict";
import { stateAfterFailure } from "../../lib/article/dead_letter.ts";

Deno.test("an article has retry_max retries, then is a dead letter", () => {
  assert.equal(stateAfterFailure(1, 3), "retry");
  assert.equal(stateAfterFailure(3, 3), "retry");
  assert.equal(stateAfterFailure(4, 3), "dead");
  assert.equal(stateAfterFailure(1, 0), "dead");
});
