import assert from "node:assert/strict";
import { inSnakeCase } from "../../lib/runtime/snake_case.ts";

Deno.test("keys become snake_case at every depth, and values are kept", () => {
  assert.deepEqual(
    inSnakeCase({ firstFailedAt: 1, rows: [{ groupId: 2, title: "camelCase stays" }], none: null }),
    { first_failed_at: 1, rows: [{ group_id: 2, title: "camelCase stays" }], none: null },
  );
});
