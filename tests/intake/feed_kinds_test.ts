import assert from "node:assert/strict";
import { parseFeed } from "../../lib/intake/feed/feed.ts";
import { assertSameAtEachSplit, parse, summary } from "../support/byte_stream.ts";

Deno.test("names of a feed in capital letters are read like the usual ones", async () => {
  const rss = '<RSS VERSION="2.0"><CHANNEL><TITLE>F</TITLE><ITEM><TITLE>t</TITLE>' +
    "<DESCRIPTION>c</DESCRIPTION><PUBDATE>2026-03-02</PUBDATE>" +
    '<GUID ISPERMALINK="true">https://a.example/1</GUID></ITEM></CHANNEL></RSS>';
  const atom = '<Feed XMLNS="http://www.w3.org/2005/Atom"><Entry><Title>t</Title>' +
    '<Link HREF="https://a.example/1"/><Published>2026-03-02</Published>' +
    '<Content TYPE="html">c</Content></Entry></Feed>';
  for (const input of [rss, atom]) {
    const [only, ...others] = await parse(parseFeed, input);
    assert.ok(only?.kind === "article");
    const { title, content, url, published } = only.article;
    assert.deepEqual([title, content, url, published], [
      "t",
      "c",
      "https://a.example/1",
      "2026-03-02",
    ]);
    assert.deepEqual(others, []);
    await assertSameAtEachSplit(parseFeed, input);
  }
});

Deno.test("the items of a channel in CDF are read with their links", async () => {
  const input = '<CHANNEL HREF="https://a.example/"><TITLE>F</TITLE>' +
    '<ITEM HREF="/1"><TITLE>t</TITLE><ABSTRACT>c</ABSTRACT></ITEM></CHANNEL>';
  const [only, ...others] = await parse(parseFeed, input);
  assert.ok(only?.kind === "article");
  const { title, content, sources } = only.article;
  assert.deepEqual([title, content, sources], ["t", "c", ["https://a.example/1"]]);
  assert.deepEqual(others, []);
});

Deno.test("the documents of a corpus are read, with their fields or with text alone", async () => {
  const sogou = (n: number) =>
    `<doc>\n<url>https://a.example/${n}</url>\n<docno>${n}</docno>\n` +
    `<contenttitle>t${n}</contenttitle>\n<content>c & d</content>\n</doc>\n`;
  assert.deepEqual(await summary(parseFeed, sogou(1) + sogou(2)), [
    "1: t1 | c & d",
    "7: t2 | c & d",
  ]);
  const wiki = '<doc id="1" url="https://a.example/1" title="t">\n\none\n\ntwo a < b\n</doc>\n';
  assert.deepEqual(await summary(parseFeed, wiki + wiki), [
    "1: t | one\n\ntwo a < b",
    "7: t | one\n\ntwo a < b",
  ]);
  await assertSameAtEachSplit(parseFeed, sogou(1) + wiki);
});

Deno.test("of a Blogger export, the published posts are read, without the kind among the tags", async () => {
  const entry = (kind: string, more = "") =>
    '<entry><category scheme="http://schemas.google.com/g/2005#kind" ' +
    `term="http://schemas.google.com/blogger/2008/kind#${kind}"/>` +
    `<category scheme="http://www.blogger.com/atom/ns#" term="tag"/><title>${kind}</title>` +
    `<content>c</content>${more}</entry>`;
  const draft =
    '<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>yes</app:draft></app:control>';
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom">${entry("template")}${entry("post")}${
    entry("comment")
  }${entry("post", draft)}</feed>`;
  const read = await parse(parseFeed, feed);
  assert.deepEqual(read.map((one) => one.kind === "skipped" ? one.error : one.kind), [
    "it is a Blogger template, not a post",
    "article",
    "it is a Blogger comment, not a post",
    "the post is not published: draft",
  ]);
  assert.deepEqual(read[1]?.kind === "article" && read[1].article.tags, ["tag"]);
  const video = feed.replaceAll("blogger/2008/kind#template", "youtube/2007#video");
  assert.deepEqual((await summary(parseFeed, video))[0], "1: template | c");
});

Deno.test("a description with a text is read rather than a content that is an image alone", async () => {
  const item = (content: string) =>
    `<rss><item><content:encoded><![CDATA[${content}]]></content:encoded><description>c</description></item></rss>`;
  assert.deepEqual(await summary(parseFeed, item('<p>\n<img src="a">&nbsp;</p>')), ["1:  | c"]);
  assert.deepEqual(await summary(parseFeed, item("<p>d</p>")), ["1:  | <p>d</p>"]);
});

Deno.test("a podcast's subtitle is its text if there is no other, and a date of creation its time", async () => {
  const name = "http://www.itunes.com/dtds/podcast-1.0.dtd";
  const item = (fields: string) =>
    `<rss xmlns:i="${name}"><item><i:subtitle>s</i:subtitle>${fields}</item></rss>`;
  assert.deepEqual(await summary(parseFeed, item("")), ["1:  | s"]);
  assert.deepEqual(await summary(parseFeed, item("<description>c</description>")), ["1:  | c"]);
  const entry = `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>t</title>
    <created>2007-01-11T16:00:00Z</created></entry></feed>`;
  const [only] = await parse(parseFeed, entry);
  assert.equal(only?.kind === "article" && only.article.published, "2007-01-11T16:00:00Z");
});

Deno.test("of several contents with one name the longest is read, and a full text first", async () => {
  const item = (fields: string) => `<rss><item>${fields}</item></rss>`;
  const two =
    "<description>c</description><description>longer</description><title>a</title><title>bc</title>";
  assert.deepEqual(await summary(parseFeed, item(two)), ["1: a | longer"]);
  for (const name of ["fulltext", "yandex:full-text", "turbo:content"]) {
    const fields = `<description>c</description><${name}>all</${name}>`;
    assert.deepEqual(await summary(parseFeed, item(fields)), ["1:  | all"]);
  }
});

Deno.test("of several links of an entry, that of a web page is the article's", async () => {
  const iana = "http://www.iana.org/assignments/relation/alternate";
  const links = [
    '<link rel="related" href="/r"/><link href="/a.pdf" type="application/pdf"/>' +
    '<link rel="alternate" type="text/html" href="/a"/>',
    `<link rel="self" href="/s"/><link rel="${iana}" href="/a"/>`,
  ];
  for (const link of links) {
    const feed =
      `<feed xml:base="https://a.example/"><entry><title>t</title>${link}</entry></feed>`;
    const [only] = await parse(parseFeed, feed);
    assert.equal(only?.kind === "article" && only.article.url, "https://a.example/a", link);
  }
});
