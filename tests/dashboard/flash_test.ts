import assert from "node:assert/strict";
import { actionPath, importPath, readAction, readImport } from "../../lib/dashboard/flash.ts";

const queryOf = (path: string) => new URL(path, "http://millrace.test").searchParams;

Deno.test("what came of an action survives the way through an address", () => {
  const results = [
    { kind: "done", action: "start", count: null },
    { kind: "done", action: "retry", count: 3 },
    { kind: "failed", action: "clear", failure: { kind: "broker away" } },
  ] as const;
  for (const result of results) assert.deepEqual(readAction(queryOf(actionPath(result))), result);
});

Deno.test("what came of an import survives too, but for the text of its rejections", () => {
  const figures = { accepted: 3, duplicates: 2, rejected: [], rejected_total: 4, newest_id: 9 };
  const done = { kind: "done", name: null, figures } as const;
  assert.deepEqual(readImport(queryOf(importPath(done))), done);
  const failed = { kind: "failed", name: null, failure: { kind: "database away" } } as const;
  assert.deepEqual(readImport(queryOf(importPath(failed))), failed);
});

Deno.test("an address that somebody made up says nothing", () => {
  for (const query of ["?done=hack&count=1", "?failed=start&reason=<b>", "?done=", ""]) {
    assert.equal(readAction(new URLSearchParams(query)), null);
  }
  assert.equal(readAction(new URLSearchParams("?done=clear&count=-1e9"))?.kind, "done");
  assert.deepEqual(readImport(new URLSearchParams("?imported=many")), { kind: "idle" });
});
