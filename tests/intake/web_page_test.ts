import assert from "node:assert/strict";
import { parseWebPage } from "../../lib/intake/document/web_page.ts";
import { MAX_RECORD } from "../../lib/intake/parsed.ts";
import {
  allOf,
  assertSameAtEachSplit,
  bodyOf,
  fuzzParser,
  parse,
  summary,
} from "../support/byte_stream.ts";
import { incoming } from "../support/incoming.ts";

const PAGE = `<!doctype html><html><head><title>
  一 &amp; two </title><link rel="stylesheet canonical" href=" http://x/1 "></head>
<body><nav>menu</nav><svg><title>no</title></svg>
<article><h1>A <b>heading</b></h1><p>银行</p><article>quoted</article></article>
<footer>end</footer></body></html>`;

Deno.test("a page is one article with its title, its full HTML and its canonical link", async () => {
  assert.deepEqual(await parse(parseWebPage, PAGE), [{
    kind: "article",
    line: 1,
    article: incoming({
      title: "一 & two",
      content: PAGE,
      contentKind: "page",
      sources: ["http://x/1"],
      url: "http://x/1",
    }),
  }]);
});

Deno.test("a post of a site's generator is HTML below front matter", async () => {
  const post = "---\ntitle: 一\ntags: [a]\n---\n{% include b %}\n<p>银行</p>\n";
  assert.deepEqual(await summary(parseWebPage, post), ["1: 一 | <p>银行</p>"]);
  assert.deepEqual(await summary(parseWebPage, post.replace("tags: [a]", "published: false")), [
    "1: ! the post is a draft",
  ]);
  assert.deepEqual(await summary(parseWebPage, "---\n<p>银行</p>"), ["1:  | ---\n<p>银行</p>"]);
});

Deno.test("a relative canonical link is used if it can be resolved", async () => {
  const page = (head: string) =>
    `<html><head><title>t</title>${head}<link rel=canonical href="/1">`;
  const sources = async (head: string, base?: string) => {
    const [only] = await allOf(parseWebPage(bodyOf(page(head)), { base }));
    return only?.kind === "article" ? only.article.sources : assert.fail();
  };
  assert.deepEqual(await sources(""), []);
  assert.deepEqual(await sources('<base href="https://a.example/x/">'), ["https://a.example/1"]);
  assert.deepEqual(await sources("", "https://b.example/p"), [
    "https://b.example/1",
    "https://b.example/p",
  ]);
});

Deno.test("an HTML fragment is not a page", async () => {
  const [only] = await parse(parseWebPage, "<p>text</p>");
  assert.ok(only?.kind === "article");
  assert.equal(only.article.contentKind, "html");
});

Deno.test("HTML parses independently of chunk boundaries", () =>
  assertSameAtEachSplit(parseWebPage, PAGE));

Deno.test("the HTML parser does not throw for any bytes", () =>
  fuzzParser(parseWebPage, [
    "<title>",
    "<h1>",
    "</h1>",
    "<body>",
    "<article>",
    "<constructor>",
    "</constructor>",
    "<",
    "&",
    "中",
  ]));

Deno.test("without a title, the first heading is used", async () => {
  const page = "<title> </title><h1>a <i>b</i></h1><h1>c</h1><p>d</p>";
  assert.deepEqual(await summary(parseWebPage, page), [`1: a b | ${page}`]);
  assert.deepEqual(await summary(parseWebPage, "<p>text</p>"), ["1:  | <p>text</p>"]);
});

Deno.test("a page that is empty or too long is rejected", async () => {
  assert.deepEqual(await summary(parseWebPage, " \n"), ["1: ! the document is empty"]);
  assert.deepEqual(await summary(parseWebPage, "<title>t</title>" + "x".repeat(MAX_RECORD)), [
    "1: ! the record is longer than 2 MB",
  ]);
});

Deno.test("a page with excessive nesting is read only at its start", async () => {
  const page = "<title>t</title>" + "<div>".repeat(400_000);
  assert.deepEqual(await summary(parseWebPage, page), [`1: t | ${page}`]);
});
