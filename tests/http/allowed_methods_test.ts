import assert from "node:assert/strict";
import { only } from "../../lib/http/allowed_methods.ts";

Deno.test("an unsupported method returns 405 with the allowed methods", async () => {
  const handlers = only("GET", "PUT");
  assert.deepEqual(Object.keys(handlers), ["POST", "PATCH", "DELETE", "OPTIONS"]);
  const response = handlers.DELETE?.({ req: new Request("http://localhost/x") });
  assert.equal(response?.status, 405);
  assert.equal(response?.headers.get("allow"), "GET, PUT, HEAD");
  assert.deepEqual(await response?.json(), {
    success: false,
    message: "This address supports only GET, PUT, HEAD",
    code: "method_unsupported",
    parameters: { methods: "GET, PUT, HEAD" },
  });
});

Deno.test("HEAD is handled by the framework if there is GET, and rejected otherwise", () => {
  assert.equal("HEAD" in only("GET"), false);
  assert.equal("HEAD" in only("POST"), true);
});
