import assert from "node:assert/strict";
import { z } from "zod";
import { onRefusal, readRow, readRows, run } from "../../lib/database/query.ts";
import { DatabaseUnreachableError, UnexplainedRefusalError } from "../../lib/runtime/errors.ts";

Deno.test("a server that accepts a connection and says nothing is reported as not responding", async () => {
  const error = Object.assign(new Error("write CONNECT_TIMEOUT 127.0.0.1:undefined"), {
    code: "CONNECT_TIMEOUT",
  });
  await assert.rejects(
    run(() => Promise.reject(error)),
    new DatabaseUnreachableError("Cannot reach Postgres: the server does not respond"),
  );
});

Deno.test("a row of another shape is a refusal, which names the column", async () => {
  const row = z.object({ id: z.number(), kind: z.enum(["html", "text"]) });
  let refusals = 0;
  using _ = onRefusal(() => void refusals++);
  await assert.rejects(
    readRows(row, () => Promise.resolve([{ id: 1, kind: "text" }, { id: 2, kind: "markdown" }])),
    (error) => error instanceof UnexplainedRefusalError && /value: kind: /.test(error.message),
  );
  await assert.rejects(readRow(row, () => Promise.resolve([])), UnexplainedRefusalError);
  assert.equal(refusals, 2, "the connections are replaced");
});
