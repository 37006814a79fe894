import assert from "node:assert/strict";
import { parseHtml } from "../../lib/intake/html.ts";
import { MAX_RECORD } from "../../lib/intake/parsed.ts";
import {
  assertBearsAnything,
  assertSameHoweverCut,
  parse,
  summary,
} from "../support/byte_stream.ts";

const PAGE = `\uFEFF<!doctype html><html><head><title>
  一 &amp; two </title><link rel="stylesheet canonical" href=" http://x/1 "></head>
<body><nav>menu</nav><svg><title>no</title></svg>
<article><h1>A <b>heading</b></h1><p>银行</p><article>quoted</article></article>
<footer>end</footer></body></html>`;

Deno.test("a page is one article: title, the article element, the canonical link", async () => {
  assert.deepEqual(await parse(parseHtml, PAGE), [{
    kind: "article",
    line: 1,
    article: {
      title: "一 & two",
      content: "<h1>A <b>heading</b></h1><p>银行</p><article>quoted</article>",
      source: "http://x/1",
      groupId: 1,
      group: null,
    },
  }]);
});

Deno.test("HTML gives the same wherever it is cut", () => assertSameHoweverCut(parseHtml, PAGE));

Deno.test("no bytes make the HTML parser fail", () =>
  assertBearsAnything(parseHtml, [
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

Deno.test("without a title the first heading is it", async () => {
  assert.deepEqual(
    await summary(parseHtml, "<title> </title><h1>a <i>b</i></h1><h1>c</h1><p>d</p>"),
    [
      "1: a b | <h1>a <i>b</i></h1><h1>c</h1><p>d</p>",
    ],
  );
  assert.deepEqual(await summary(parseHtml, "<p>text</p>"), ["1:  | <p>text</p>"]);
});

Deno.test("several articles make a list, so the content is the main part, or the body", async () => {
  const list = "<article>1</article><article>2</article>";
  const page = (body: string) => `<title>t</title><body>nav ${body}</body>`;
  assert.deepEqual(await summary(parseHtml, page(`<main>${list}</main>`)), [`1: t | ${list}`]);
  assert.deepEqual(await summary(parseHtml, page(list)), [`1: t | nav ${list}`]);
});

Deno.test("a page says its own charset, the transport overrules it", async () => {
  const encoder = new TextEncoder();
  const page = (charset: string) =>
    Uint8Array.of(
      ...encoder.encode(`<meta charset="${charset}"><title>`),
      0xD6,
      0xD0,
      ...encoder.encode("</title>c"),
    );
  assert.deepEqual(await summary(parseHtml, page("gb2312")), ["1: 中 | c"]);
  assert.deepEqual(await summary((body) => parseHtml(body, "gbk"), page("utf-8")), ["1: 中 | c"]);
  assert.deepEqual(await summary(parseHtml, page("utf-8")), [
    "1: ! the record holds bytes that are not UTF-8",
  ]);
});

Deno.test("a page that is empty, too long or too deep is rejected", async () => {
  assert.deepEqual(await summary(parseHtml, " \n"), ["1: ! the document is empty"]);
  assert.deepEqual(await summary(parseHtml, "<title>t</title>" + "x".repeat(MAX_RECORD)), [
    "1: ! the record is longer than 2 MB",
  ]);
  assert.deepEqual(await summary(parseHtml, "<title>t</title>" + "<div>".repeat(400_000)), [
    "1: ! the page nests elements more than 1000 deep",
  ]);
});
