import assert from "node:assert/strict";
import { only } from "../../lib/http/methods.ts";

Deno.test("a method that a route does not have is answered with those that it has", async () => {
  const handlers = only("GET", "PUT");
  assert.deepEqual(Object.keys(handlers), ["POST", "PATCH", "DELETE", "OPTIONS"]);
  const answer = handlers.DELETE?.();
  assert.equal(answer?.status, 405);
  assert.equal(answer?.headers.get("allow"), "GET, PUT, HEAD");
  assert.deepEqual(await answer?.json(), {
    success: false,
    message: "This address answers GET, PUT, HEAD only",
  });
});

Deno.test("HEAD is left to the framework where there is GET, and refused where there is not", () => {
  assert.equal("HEAD" in only("GET"), false);
  assert.equal("HEAD" in only("POST"), true);
});
