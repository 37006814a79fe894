import assert from "node:assert/strict";
import { importPath, readImport } from "../../../lib/dashboard/import/import_address.ts";
import { readResult, resultPath } from "../../../lib/dashboard/requests/result_address.ts";
import { STREAM_ACTIONS } from "../../../lib/dashboard/requests/stream_requests.ts";
import { noFigures } from "../../../lib/wire/import_figures.ts";

const queryOf = (path: string) => new URL(path, "http://millrace.test").searchParams;

Deno.test("an action's result round-trips through a URL", () => {
  const results = [
    { kind: "done", name: "start", count: null, operation: null },
    { kind: "done", name: "retry", count: 3, operation: null },
    { kind: "failed", name: "clear", failure: { kind: "broker away" } },
  ] as const;
  for (const result of results) {
    assert.deepEqual(readResult(STREAM_ACTIONS, queryOf(resultPath("/", result))), result);
  }
});

Deno.test("an import's result round-trips, except the text of its rejections", () => {
  const figures = {
    ...noFigures(),
    accepted: 3,
    duplicates: 2,
    rejected_total: 4,
    id: 9,
  };
  const done = { kind: "done", name: null, figures } as const;
  assert.deepEqual(readImport(queryOf(importPath(figures))), done);
});

Deno.test("a forged URL reports nothing", () => {
  for (const query of ["?done=hack&count=1", "?failed=start&reason=<b>", "?done=", ""]) {
    assert.equal(readResult(STREAM_ACTIONS, new URLSearchParams(query)), null);
  }
  assert.equal(
    readResult(STREAM_ACTIONS, new URLSearchParams("?done=clear&count=-1e9"))?.kind,
    "done",
  );
  assert.deepEqual(readImport(new URLSearchParams("?imported=many")), null);
});
