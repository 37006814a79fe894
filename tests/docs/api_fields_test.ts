import assert from "node:assert/strict";
import { ARTICLE_FIELDS } from "../../lib/article/article_fields.ts";
import { processorStatus } from "../../lib/wire/processor_status.ts";
import { SETTINGS } from "../../lib/wire/settings.ts";

const page = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));

/** The names in a section: in the first column of its tables, or keys of its JSON. */
function documented(title: string): Set<string> {
  const [, after = ""] = page.split(new RegExp(`^## ${title}$`, "m"));
  const [section = ""] = after.split(/^## /m);
  const cells = section.split("\n").map((line) => /^\| ([^|]+) \|/.exec(line)?.[1] ?? "");
  const quoted = [...cells.join(" ").matchAll(/`(\w+)`/g), ...section.matchAll(/"(\w+)":/g)];
  return new Set(quoted.map(([, name = ""]) => name));
}

const SECTIONS: Record<string, string[]> = {
  "An article": Object.values(ARTICLE_FIELDS).map(({ column }) => column),
  "Settings": Object.keys(SETTINGS),
  "ProcessorStatus": Object.keys(processorStatus.shape),
};

for (const [title, fields] of Object.entries(SECTIONS)) {
  Deno.test(`docs/api.md describes every field: ${title}`, () => {
    const names = documented(title);
    assert.deepEqual(fields.filter((name) => !names.has(name)), []);
  });
}
