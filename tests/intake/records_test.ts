import assert from "node:assert/strict";
import { MAX_RECORD } from "../../lib/intake/parsed.ts";
import { parse, summary } from "../support/byte_stream.ts";
import { RECORD_FORMATS } from "../support/record_formats.ts";

for (const { name, parser, head, article, tail } of RECORD_FORMATS) {
  Deno.test(`${name}: a record over 2 MB is rejected with its line, and the others are read`, async () => {
    const input = head + article("a") + article("x".repeat(MAX_RECORD)) + article("b") + tail;
    const first = head.endsWith("\n") ? 2 : 1;
    assert.deepEqual(await summary(parser, input), [
      `${first}: t | a`,
      `${first + 1}: ! the record is longer than 2 MB`,
      `${first + 2}: t | b`,
    ]);
  });

  Deno.test(`${name}: a record of up to 2 MB is read`, async () => {
    const length = MAX_RECORD - article("").length;
    const [only] = await parse(parser, head + article("x".repeat(length)) + tail, [50_000]);
    assert.ok(only?.kind === "article");
    assert.equal(only.article.content.length, length);
  });
}

Deno.test("100 MB of records, and a record of 100 MB, are parsed in constant memory", async () => {
  const script = new URL("../support/parse_endlessly.ts", import.meta.url).pathname;
  // A small heap forces the engine to collect garbage.
  const heap = "--v8-flags=--max-old-space-size=48,--max-semi-space-size=4";
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", heap, script],
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await child.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  assert.equal(lines.length, RECORD_FORMATS.length);
  for (const line of lines) {
    const { name, grown } = JSON.parse(line);
    assert.ok(grown < 100e6, `${name} grew by ${grown} bytes`);
  }
});
