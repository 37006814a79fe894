import assert from "node:assert/strict";
import { run } from "../../lib/database/query.ts";
import { DatabaseUnreachableError } from "../../lib/runtime/errors.ts";

Deno.test("a server that accepts a connection and says nothing is reported as not responding", async () => {
  const error = Object.assign(new Error("write CONNECT_TIMEOUT 127.0.0.1:undefined"), {
    code: "CONNECT_TIMEOUT",
  });
  await assert.rejects(
    run(() => Promise.reject(error)),
    new DatabaseUnreachableError("Cannot reach Postgres: the server does not respond"),
  );
});
