import assert from "node:assert/strict";
import { parseFeed } from "../../lib/intake/feed.ts";
import { MAX_RECORD } from "../../lib/intake/parsed.ts";
import {
  assertBearsAnything,
  assertSameHoweverCut,
  parse,
  summary,
} from "../support/byte_stream.ts";

const RSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The channel</title><link>http://x/</link>
<item>
  <title> 一 &amp;
    two </title>
  <link>http://x/1</link>
  <guid isPermaLink="false">x-1</guid>
  <description>short</description>
  <content:encoded><![CDATA[<p>银行 &amp; more</p>]]></content:encoded>
</item>
<item><title><![CDATA[b]]></title><link>http://x/2</link>
  <media:content><media:title>no</media:title></media:content>
  <description>&lt;p&gt;escaped&lt;/p&gt; <b>bare</b></description></item>
<item><description>untitled</description></item><!-- a comment -->
<item/>
</channel></rss>`;

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>The feed</title><id>feed</id>
<entry><title type="html">T</title><id>urn:1</id><link href="http://x/1"/>
  <source><title>Another feed</title><id>no</id></source>
  <summary>short</summary>
  <content type="xhtml"><div><p>a &lt; b</p><br/></div></content></entry>
<entry><title>U</title><link rel="self" href="no"/><link href="http://x/2"/>
  <summary>short</summary></entry>
</feed>`;

const RDF = `<rdf:RDF xmlns:rdf="r"><channel rdf:about="c"><title>The channel</title>
<items><rdf:Seq><rdf:li resource="http://x/1"/></rdf:Seq></items></channel>
<item rdf:about="http://x/1"><title>t</title><description>d</description></item></rdf:RDF>`;

Deno.test("RSS: content:encoded before description, guid before link, the item's own title", async () => {
  const [first, second, ...others] = await parse(parseFeed, RSS);
  assert.deepEqual(first, {
    kind: "article",
    line: 3,
    article: {
      title: "一 & two",
      content: "<p>银行 &amp; more</p>",
      source: "x-1",
      groupId: 1,
      group: null,
    },
  });
  assert.deepEqual(second, {
    kind: "article",
    line: 11,
    article: {
      title: "b",
      content: "<p>escaped</p> <b>bare</b>",
      source: "http://x/2",
      groupId: 1,
      group: null,
    },
  });
  assert.deepEqual(others, [
    { kind: "rejected", line: 14, error: "title is missing" },
    { kind: "rejected", line: 15, error: "title is missing" },
  ]);
});

Deno.test("Atom: content before summary, XHTML as markup, id before the alternate link", async () => {
  const read = await parse(parseFeed, ATOM);
  assert.deepEqual(read.map((one) => one.kind === "article" && one.article), [
    {
      title: "T",
      content: "<div><p>a &lt; b</p><br></br></div>",
      source: "urn:1",
      groupId: 1,
      group: null,
    },
    { title: "U", content: "short", source: "http://x/2", groupId: 1, group: null },
  ]);
});

Deno.test("RDF: the item's rdf:about is its source", async () => {
  const [only] = await parse(parseFeed, RDF);
  assert.ok(only?.kind === "article");
  assert.equal(only.line, 3);
  assert.equal(only.article.source, "http://x/1");
});

for (const [name, feed] of Object.entries({ RSS, ATOM, RDF })) {
  Deno.test(`${name} gives the same wherever it is cut`, () =>
    assertSameHoweverCut(parseFeed, feed));
}

Deno.test("no bytes make the feed parser fail", () =>
  assertBearsAnything(parseFeed, [
    "<rss>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "&",
    "<",
    "/>",
    '"',
    "\n",
    "中",
    "\uFFFD",
  ]));

Deno.test("bytes that are not UTF-8 cost their item only; a replacement character is text", async () => {
  const [head, tail] = [
    "<rss><item><title>a",
    "</title></item><item><title>\uFFFD</title></item></rss>",
  ];
  const encoder = new TextEncoder();
  const bytes = Uint8Array.of(...encoder.encode(head), 0xD6, 0xD0, ...encoder.encode(tail));
  assert.deepEqual(await summary(parseFeed, bytes), [
    "1: ! the record holds bytes that are not UTF-8",
    "1: \uFFFD | ",
  ]);
  await assertSameHoweverCut(parseFeed, bytes);
});

Deno.test("a feed says its own charset", async () => {
  const [head, tail] = [
    '<?xml version="1.0" encoding="GBK"?><rss><item><title>',
    "</title></item></rss>",
  ];
  const encoder = new TextEncoder();
  const bytes = Uint8Array.of(...encoder.encode(head), 0xD6, 0xD0, ...encoder.encode(tail));
  assert.deepEqual(await summary(parseFeed, bytes), ["1: 中 | "]);
});

Deno.test("a feed cut off gives its whole items and says so", async () => {
  const input = "<rss><channel>\n<item><title>a</title></item>\n<item><title>b</title>\n";
  assert.deepEqual(await summary(parseFeed, input), [
    "2: a | ",
    "3: ! the feed ends within the item",
    "4: ! the feed ends before it is closed",
  ]);
});

Deno.test("an item left open ends where the next begins", async () => {
  const input = "<rss><item><title>a</title>\n<item><title>b</title></item></rss>";
  assert.deepEqual(await summary(parseFeed, input), ["1: ! the item is not closed", "2: b | "]);
});

Deno.test("what is no feed is one rejection", async () => {
  assert.deepEqual(await summary(parseFeed, "\n<html><item><title>a</title></item></html>"), [
    "2: ! this is no RSS or Atom feed: its first element is <html>",
  ]);
  assert.deepEqual(await summary(parseFeed, ""), [
    "1: ! this is no RSS or Atom feed: it has no element",
  ]);
});

for (const [what, open, close] of [["CDATA", "<![CDATA[", "]]>"], ["text", "", ""]]) {
  Deno.test(`an item with more than 2 MB of ${what} is rejected, the next one read`, async () => {
    const huge = `${open}${"长 ".repeat(MAX_RECORD)}${close}`;
    const input = "<rss><item><title>a</title></item>\n" +
      `<item><title>b</title><description>${huge}</description></item>\n` +
      "<item><title>c</title></item></rss>";
    const expected = ["1: a | ", "2: ! the record is longer than 2 MB", "3: c | "];
    assert.deepEqual(await summary(parseFeed, input), expected);
    assert.deepEqual((await parse(parseFeed, input, [4096])).map(({ line }) => line), [1, 2, 3]);
  });
}

Deno.test("an item nested without end is rejected, the next one read", async () => {
  const input = `<rss><item><title>a</title>${"<b>".repeat(200_000)}\n` +
    "<item><title>c</title></item></rss>";
  assert.deepEqual(await summary(parseFeed, input), [
    "1: ! elements are nested more than 1000 deep",
    "2: c | ",
  ]);
});
