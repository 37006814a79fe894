import assert from "node:assert/strict";
import { expected } from "../../lib/intake/format_name.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { createDocumentReader, type DocumentReader } from "../../lib/processor/document_reader.ts";
import { allOf } from "../support/byte_stream.ts";
import { longestStall } from "../support/longest_stall.ts";

/** The limit is 20 ms on an idle machine; each of these took from 80 to 370 ms before it was bounded. */
const MOST_STALL = 60;

const TOO_MANY = "the record has more than 10,000 fields";

const numbered = (count: number, each: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => each(n)).join("");
const item = (fields: string) => `<rss><item><title>t</title>${fields}</item></rss>`;

async function read(contentType: string, text: string, documents: DocumentReader) {
  const body = new Blob([text]).stream();
  const parsed = await allOf(readInput(body, expected({ contentType }), { documents }));
  return parsed.map((one) =>
    one.kind === "article" ? one.article.title : one.kind === "note" ? one.note : one.error
  );
}

for (
  const [what, contentType, text, wanted] of [
    ["a feed's item of many elements", "application/rss+xml", item("<x>a</x>".repeat(200_000)), [
      TOO_MANY,
    ]],
    [
      "a feed's item of many categories",
      "application/rss+xml",
      item(
        numbered(60_000, (n) => `<category>${n}</category>`),
      ),
      [TOO_MANY],
    ],
    [
      "a feed of many namespaces",
      "application/rss+xml",
      `<rss ${numbered(50_000, (n) => `xmlns:a${n}="b" `)}><item><title>t</title></item></rss>`,
      ["an element has more than 1000 attributes", "t"],
    ],
    [
      "a feed's item of many attributes",
      "application/rss+xml",
      `<rss><item ${numbered(120_000, (n) => `a${n}="b" `)}><title>t</title></item></rss>`,
      ["an element has more than 1000 attributes"],
    ],
    [
      "a feed with a long namespace",
      "application/rss+xml",
      `<rss xmlns="${"/#".repeat(50_000)}x"><item><title>t</title></item></rss>`,
      ["t"],
    ],
    [
      "front matter of many fields",
      "text/markdown",
      `---\ntitle: t\n${numbered(6_000, (n) => `k${n}: 1\n`)}---\ntext\n`,
      ["t"],
    ],
    [
      "front matter of many lists",
      "text/markdown",
      `---\ntitle: t\nx: [${"[],".repeat(20_000)}]\n---\ntext\n`,
      ["t"],
    ],
    [
      "a page of many elements",
      "text/html",
      `<html><title>t</title>${"<p>".repeat(300_000)}`,
      ["t"],
    ],
    ["a page of many brackets", "text/html", `<html><title>t</title>${"<".repeat(900_000)}`, ["t"]],
    ["a text of many line breaks", "text/plain", `t${"\n".repeat(2_000_000)}c`, ["t"]],
  ] as const
) {
  Deno.test(`${what} does not hold the event loop`, async () => {
    await using documents = createDocumentReader();
    assert.deepEqual(await read(contentType, text, documents), wanted);
    const stall = await longestStall(() => read(contentType, text, documents));
    assert.ok(stall < MOST_STALL, `the event loop was held for ${stall} ms`);
  });
}

Deno.test("short rows of a table with many columns take no time for the others", async () => {
  await using documents = createDocumentReader();
  const header = `title,content,${numbered(9_000, (n) => `c${n},`)}`;
  const table = `${header}\n${"t,c\n".repeat(2_000)}`;
  const began = performance.now();
  const titles = (await read("text/csv", table, documents)).filter((title) => title === "t");
  assert.equal(titles.length, 2_000);
  // The columns took 12 ms a row.
  assert.ok(performance.now() - began < 8_000);
});
