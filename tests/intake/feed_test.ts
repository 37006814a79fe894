import assert from "node:assert/strict";
import {
  ARTICLE_FIELD_NAMES,
  ARTICLE_FIELDS,
  type FieldDescription,
} from "../../lib/article/article_fields.ts";
import { parseFeed } from "../../lib/intake/feed/feed.ts";
import { MAX_RECORD } from "../../lib/intake/parsed.ts";
import { assertSameAtEachSplit, fuzzParser, parse, summary } from "../support/byte_stream.ts";
import { FIELD_SAMPLES, incoming } from "../support/incoming.ts";

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
    article: incoming({
      title: "一 & two",
      content: "<p>银行 &amp; more</p>",
      contentKind: "html",
      sources: ["http://x/#x-1", "http://x/1"],
      url: "http://x/1",
    }),
  });
  assert.deepEqual(second, {
    kind: "article",
    line: 11,
    article: incoming({
      title: "b",
      content: "<p>escaped</p> <b>bare</b>",
      contentKind: "html",
      sources: ["http://x/2"],
      url: "http://x/2",
    }),
  });
  assert.deepEqual(others, [
    {
      kind: "article",
      line: 14,
      article: incoming({ title: "", content: "untitled" }),
    },
    { kind: "rejected", line: 15, error: "the item has no title, no text and no link" },
  ]);
});

Deno.test("Atom: content before summary, XHTML as markup, id before the alternate link", async () => {
  const read = await parse(parseFeed, ATOM);
  assert.deepEqual(read.map((one) => one.kind === "article" && one.article), [
    incoming({
      title: "T",
      content: "<div><p>a &lt; b</p><br></br></div>",
      contentKind: "html",
      sources: ["urn:1", "http://x/1"],
      url: "http://x/1",
    }),
    incoming({ title: "U", content: "short", sources: ["http://x/2"], url: "http://x/2" }),
  ]);
});

Deno.test("RDF: the item's rdf:about is its source", async () => {
  const [only] = await parse(parseFeed, RDF);
  assert.ok(only?.kind === "article");
  assert.equal(only.line, 3);
  assert.deepEqual(only.article.sources, ["http://x/1"]);
});

for (const [name, feed] of Object.entries({ RSS, ATOM, RDF })) {
  Deno.test(`${name} parses independently of chunk boundaries`, () =>
    assertSameAtEachSplit(parseFeed, feed));
}

Deno.test("the feed parser does not throw for any bytes", () =>
  fuzzParser(parseFeed, [
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

Deno.test("invalid UTF-8 rejects only its item; a replacement character is text", async () => {
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
  await assertSameAtEachSplit(parseFeed, bytes);
});

Deno.test("a truncated feed yields its complete items and a rejection", async () => {
  const input = "<rss><channel>\n<item><title>a</title></item>\n<item><title>b</title>\n";
  assert.deepEqual(await summary(parseFeed, input), [
    "2: a | ",
    "3: ! the feed ends within the item",
    "4: ! the feed ends before it is closed",
  ]);
});

Deno.test("an unclosed item ends at the next one, and is kept", async () => {
  const input = "<rss><item><title>a</title>\n<item><title>b</title></item></rss>";
  const [first, second] = await parse(parseFeed, input);
  assert.ok(first?.kind === "article" && second?.kind === "article");
  assert.deepEqual([first.article.title, second.article.title], ["a", "b"]);
  assert.deepEqual([first.notes, second.notes], [
    ["the content is empty", "the item is not closed"],
    ["the content is empty"],
  ]);
});

Deno.test("an empty nested item does not affect the outer one", async () => {
  const item = "<item><title>a</title><description>b</description><item /><link>x</link></item>";
  assert.deepEqual(await summary(parseFeed, `<rss>${item.repeat(2)}</rss>`), [
    "1: a | b",
    "1: ! the item has no title, no text and no link",
    "1: a | b",
    "1: ! the item has no title, no text and no link",
  ]);
});

Deno.test("a document that is a single Atom entry is an article", async () => {
  const input = '<entry xmlns="http://www.w3.org/2005/Atom"><title>a</title>' +
    '<content type="text">b</content></entry>';
  assert.deepEqual(await summary(parseFeed, input), ["1: a | b"]);
  await assertSameAtEachSplit(parseFeed, input);
});

Deno.test("a field is decoded as base64 if its type implies it; binary media are ignored", async () => {
  const entry = (type: string, text: string) =>
    `<entry><title>t</title><content type="${type}">${text}</content></entry>`;
  const entries = [
    entry("application/octet-stream", "5q2j5paH"),
    entry("application/x-own", "test"),
    entry("text/plain", "test"),
    entry("video/mp4", "////"),
  ];
  assert.deepEqual(await summary(parseFeed, `<feed>${entries.join("")}</feed>`), [
    "1: t | 正文",
    "1: t | test",
    "1: t | test",
    "1: t | ",
  ]);
});

Deno.test("references to C1 control characters are read as Windows-1252", async () => {
  const input = "<rss><item><title>&#145;a&#146; &#x85;</title></item></rss>";
  assert.deepEqual(await summary(parseFeed, input), ["1: ‘a’ … | "]);
});

Deno.test("a document that is not a feed is one rejection", async () => {
  assert.deepEqual(await summary(parseFeed, "\n<html><item><title>a</title></item></html>"), [
    "2: ! this is not an RSS or Atom feed: its first element is <html>",
  ]);
  assert.deepEqual(await summary(parseFeed, ""), [
    "1: ! this is not an RSS or Atom feed: it has no element",
  ]);
});

for (const [what, open, close] of [["CDATA", "<![CDATA[", "]]>"], ["text", "", ""]]) {
  Deno.test(`an item with more than 2 MB of ${what} is rejected, and the next one is read`, async () => {
    const huge = `${open}${"长 ".repeat(MAX_RECORD)}${close}`;
    const input = "<rss><item><title>a</title></item>\n" +
      `<item><title>b</title><description>${huge}</description></item>\n` +
      "<item><title>c</title></item></rss>";
    const expected = ["1: a | ", "2: ! the record is longer than 2 MB", "3: c | "];
    assert.deepEqual(await summary(parseFeed, input), expected);
    assert.deepEqual((await parse(parseFeed, input, [4096])).map(({ line }) => line), [1, 2, 3]);
  });
}

Deno.test("an item with endless nesting is rejected, and the next one is read", async () => {
  const input = `<rss><item><title>a</title>${"<b>".repeat(200_000)}\n` +
    "<item><title>c</title></item></rss>";
  assert.deepEqual(await summary(parseFeed, input), [
    "1: ! elements are nested more than 1000 deep",
    "2: c | ",
  ]);
});

Deno.test("an id that is a counter or a local path is not an identity without the feed", async () => {
  const feed = (site: string) =>
    `<rss><channel><link>${site}</link>` +
    ["post:1", "http://localhost/?p=1", "urn:x:1", "/2024/1.html"]
      .map((guid) => `<item><title>a</title><guid>${guid}</guid></item>`).join("") +
    "</channel></rss>";
  const sources = (await parse(parseFeed, feed("https://one.example/")))
    .map((one) => one.kind === "article" ? one.article.sources : []);
  assert.deepEqual(sources, [
    ["https://one.example/#post:1"],
    ["https://one.example/#http://localhost/?p=1", "http://localhost/?p=1"],
    ["urn:x:1"],
    ["https://one.example/#/2024/1.html", "https://one.example/2024/1.html"],
  ]);
});

Deno.test("each field is read from each of its elements", async () => {
  for (const field of ARTICLE_FIELD_NAMES) {
    const { type, elements }: FieldDescription = ARTICLE_FIELDS[field];
    const { given, read } = FIELD_SAMPLES[type];
    for (const element of elements) {
      const [outer = "", inner] = element.split(".");
      const value = inner === undefined ? given : `<${inner}>${given}</${inner}>`;
      const [item] = await parse(
        parseFeed,
        `<rss><item><title>t</title><${outer}>${value}</${outer}></item></rss>`,
      );
      // A category is one value.
      const whole = /^(?:category|dc:subject)$/.test(element) ? [given] : read;
      assert.ok(item?.kind === "article");
      assert.deepEqual(item.article[field], whole, element);
    }
  }
});

Deno.test("an entry has all its authors, or else those of its feed", async () => {
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><author><name>甲</name></author>
<entry><title>t</title></entry>
<entry><title>u</title><author><name>乙</name></author><author><name>丙</name></author></entry></feed>`;
  const read = await parse(parseFeed, feed);
  assert.deepEqual(read.map((one) => one.kind === "article" && one.article.author), [
    "甲",
    "乙, 丙",
  ]);
});

Deno.test("the first time that is a time is the item's", async () => {
  const item = "<title>t</title><pubDate>昨天</pubDate><dc:date>2026-03-02</dc:date>";
  const [only] = await parse(parseFeed, `<rss><channel><item>${item}</item></channel></rss>`);
  assert.equal(only?.kind === "article" && only.article.published, "2026-03-02");
});

Deno.test("WordPress's own shortcodes are removed, and captions kept", async () => {
  const content = '[caption id="a"]图[/caption]\n文\n[gallery ids="1,2"][embed]http://x/[/embed]';
  const item =
    `<title>t</title><wp:post_type>post</wp:post_type><content:encoded>${content}</content:encoded>`;
  const [only] = await parse(parseFeed, `<rss><channel><item>${item}</item></channel></rss>`);
  assert.ok(only?.kind === "article");
  assert.deepEqual(only.article.content.split(/[\s<>br]+/).filter(Boolean), ["图", "文"]);
});

Deno.test("a post of WordPress with only an excerpt has it as its text, and no password in its fields", async () => {
  const item =
    "<title>t</title><wp:post_type>post</wp:post_type><wp:post_password>p</wp:post_password>" +
    "<content:encoded></content:encoded><excerpt:encoded>摘要</excerpt:encoded>";
  const [only] = await parse(parseFeed, `<rss><channel><item>${item}</item></channel></rss>`);
  assert.ok(only?.kind === "article");
  assert.equal(only.article.content, "摘要");
  assert.deepEqual(only.article.extra, { "wp:post_type": "post" });
});
