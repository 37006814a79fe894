import assert from "node:assert/strict";
import { parseFeed } from "../../lib/intake/feed/feed.ts";
import { assertSameAtEachSplit, parse, summary } from "../support/byte_stream.ts";

const RSS = "<rss><channel><item><title>t</title></item></channel></rss>";

for (
  const [section, open, close] of [["CDATA section", "<![CDATA[", "]]>"], [
    "comment",
    "<!--",
    "-->x",
  ]]
) {
  const item = (title: string, end = close) =>
    `<item><title>${title}</title><description>${open}<p>${title}</p>${end}</description></item>\n`;

  Deno.test(`an unclosed ${section} rejects only its item`, async () => {
    const plain = "<item><title>e</title><description>e</description></item>\n";
    for (const rest of [item("d") + plain, plain, item("d", "") + plain]) {
      const feed = `<rss><channel>\n${item("a")}${item("b", "")}${rest}</channel></rss>`;
      const read = await summary(parseFeed, feed);
      assert.match(read[0] ?? "", /^2: a \|/);
      assert.equal(read[1], `3: ! the item has an unclosed ${open}`);
      assert.ok(read.some((line) => / e \|/.test(line)), feed);
      await assertSameAtEachSplit(parseFeed, feed);
    }
  });

  Deno.test(`a ${section} may mention items`, async () => {
    const feed = `<rss><channel>${item("a", `</item> <item>${close}`)}${item("c")}</channel></rss>`;
    assert.equal((await parse(parseFeed, feed)).length, 2);
  });
}

Deno.test("a chain of unclosed sections takes bounded time", async () => {
  const feed = "<rss><channel>" + "<item><title>a</title><b><![CDATA[x</b></item>\n".repeat(30_000);
  assert.ok((await parse(parseFeed, feed)).length > 0);
});

Deno.test("a server's warnings before a feed are ignored", async () => {
  const feed = "<br />\n<b>Warning</b>: fopen in <b>/x.php</b> on line <b>3</b><br />\n" + RSS;
  assert.equal((await parse(parseFeed, feed)).length, (await parse(parseFeed, RSS)).length);
  assert.match((await summary(parseFeed, "<p>x</p>"))[0] ?? "", /not an RSS or Atom feed/);
});

Deno.test("an item with very many attributes is rejected, and the next one is read", async () => {
  const many = Array.from({ length: 50_000 }, (_, n) => `a${n}="1"`).join(" ");
  for (const start of [`<rss ${many}>`, `<rss><item ${many}>`, `<rss><item><b xmlns:${many}/>`]) {
    assert.deepEqual(await summary(parseFeed, `${start}\n<item><title>c</title></item></rss>`), [
      "1: ! an element has more than 1000 attributes",
      "2: c | ",
    ]);
  }
});
