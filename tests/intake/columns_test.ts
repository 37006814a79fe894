import assert from "node:assert/strict";
import { readFieldMap } from "../../lib/intake/field_map.ts";
import { namedColumns, unnamedNote } from "../../lib/intake/table/columns.ts";

function note(header: string[], map?: string): string | null {
  const columns = namedColumns(header, map === undefined ? {} : { map: readFieldMap(map) });
  assert.ok(columns !== null);
  return unnamedNote(columns);
}

Deno.test("a note lists the columns that are no field's", () => {
  const before = "these columns match no field and are kept in extra: ";
  assert.equal(note(["标题", "正文", "来源", "Post Date", "作者", "", "id"]), `${before}来源, id`);
  assert.equal(note(["Title", "content", "DESCRIPTION"]), null);
  assert.equal(note(["title", "content", "来 源"], "source:来源"), null);
  const many = Array.from({ length: 30 }, (_, n) => `${n}`.padEnd(60, "x"));
  const listed = many.slice(0, 20).map((name) => name.slice(0, 50));
  assert.equal(note(["content", ...many]), `${before}${listed.join(", ")} …`);
});
