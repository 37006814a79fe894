import assert from "node:assert/strict";
import { readMetadata } from "../../../lib/article/page/metadata.ts";

Deno.test("readMetadata() reads declared metadata", () => {
  const page = `<!doctype html><html lang="zh-CN"><head>
    <base href="https://example.com/a/"><link rel="stylesheet canonical" href="1.html">
    <title>水车 | 某某网</title><meta property="og:title" content="水车 &amp; 木轮">
    <meta name="author" content=" 张三 "><meta name="keywords" content="水车，河流, 水车">
    <meta property="article:published_time" content="2024-05-06T07:08:09+08:00"></head></html>`;
  assert.deepEqual(readMetadata(page), {
    title: "水车 & 木轮",
    author: "张三",
    published: "2024-05-06T07:08:09+08:00",
    language: "zh-CN",
    tags: ["水车", "河流"],
    canonical: "1.html",
    base: "https://example.com/a/",
    body: null,
  });
});

Deno.test("readMetadata() reads JSON-LD and skips invalid JSON", () => {
  const page = `<script type="application/ld+json">{"broken": </script>
    <script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "Page"},
    {"@type": ["NewsArticle"], "headline": "Wheel", "author": [{"name": "A"}, {"name": "B"}],
    "datePublished": "2024-05-06", "publisher": {"name": "The Site"}}]}</script>`;
  const { title, author, published } = readMetadata(page);
  assert.deepEqual({ title, author, published }, {
    title: "Wheel",
    author: "A, B",
    published: "2024-05-06",
  });
});

Deno.test("readMetadata() extracts the date and the author from the text of Chinese pages", () => {
  const page = `<body><div>2019年09月11日 16:04　来源：某报　作者：余毅菁</div><p>文</p></body>`;
  const { author, published } = readMetadata(page);
  assert.equal(published, "2019年09月11日 16:04");
  assert.equal(author, "余毅菁");
});

Deno.test("readMetadata() rejects an address or a placeholder as the author", () => {
  const author = (value: string) => readMetadata(`<meta name="author" content="${value}">`).author;
  assert.equal(author("https://example.com/zhang"), null);
  assert.equal(author("name, email@example.com"), null);
});

Deno.test("readMetadata() returns no fields for a page without metadata", () => {
  assert.deepEqual(readMetadata("<p>text</p>"), {
    title: "",
    author: null,
    published: null,
    language: null,
    tags: null,
    canonical: null,
    base: null,
    body: null,
  });
});
