import assert from "node:assert/strict";
import { withRecordNames } from "../../tasks/record_names.ts";

Deno.test("docs/api.md lists all names of fields; deno task docs regenerates it", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
  assert.equal(page, withRecordNames(page));
  assert.throws(() => withRecordNames("# Another page"), /docs\/api\.md has no/);
});
