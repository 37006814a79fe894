import assert from "node:assert/strict";
import { readContent } from "../../../lib/article/content.ts";

const FIRST = "银行门口的行人停下来，看河水推着木轮慢慢地转，水声一直响到傍晚。";
const SECOND = "第二段也是一个足够长的段落，说的是另外一件完全不同的事情。";
const THIRD = "第三段写在最后面，讲的是傍晚以后桥头的灯火和归家的人们。";
const TEXT = `<p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p>`;

/** Returns the texts of a page's article. */
function articleOf(body: string): string[] {
  const content = `<html><head><title>x</title></head><body>${body}</body></html>`;
  return readContent({ title: "", content }).filter(({ isChrome }) => !isChrome)
    .map(({ text }) => text.trim());
}

const links = (count: number) =>
  Array.from({ length: count }, (_, at) => `<li><a href="/${at}">另一篇文章的标题${at}</a></li>`)
    .join("");

Deno.test("extraction drops menus, asides and footers in any position", () => {
  const page = `<nav>首页 新闻 体育 更多频道</nav>${TEXT}
    <aside>相关推荐：本站热门文章排行榜，点击查看更多精彩内容</aside>
    <footer>版权所有：某某网络科技有限公司 京ICP备00000000号</footer>`;
  assert.deepEqual(articleOf(page), [FIRST, SECOND, THIRD]);
  assert.deepEqual(articleOf(`<article>${page}</article>`), [FIRST, SECOND, THIRD]);
});

Deno.test("extraction ignores a pager in the only <article> element", () => {
  const page = `<main><div class="post-body">${TEXT}</div>
    <article id="prenext-posts" class="prev-next articles"><a href="/1">上一篇：这是上一篇文章的标题，写得比较长一些</a>
    <a href="/2">下一篇：这是下一篇文章的标题，也写得比较长一些</a></article></main>`;
  assert.deepEqual(articleOf(page), [FIRST, SECOND, THIRD]);
});

Deno.test("extraction includes content after an early </html>", () => {
  assert.deepEqual(articleOf(`<div>header</div></body></html><div class="content">${TEXT}</div>`), [
    FIRST,
    SECOND,
    THIRD,
  ]);
});

Deno.test("extraction drops any amount of hidden text", () => {
  const spam = `<p>这段隐藏的内容不应该出现在正文里面，它是垃圾链接文字。</p>`.repeat(50);
  const page = `${TEXT}<div style="display:none">${spam}</div><div hidden>${spam}</div>
    <div aria-hidden="true">${spam}</div><textarea>${spam}</textarea>`;
  assert.deepEqual(articleOf(page), [FIRST, SECOND, THIRD]);
});

Deno.test("extraction drops link lists, comments and share buttons around an article", () => {
  const page = `<div class="article">${TEXT}<div class="share-bar">分享到 微信 微博</div>
    <h3>热门文章</h3><ul>${links(8)}</ul></div>
    <div id="comments"><p>写得真好，我也去过那里，水车现在已经不在了。</p></div>`;
  assert.deepEqual(articleOf(page), [FIRST, SECOND, THIRD]);
});

Deno.test("extraction keeps lists, quotations and tables in an article", () => {
  const page = `<div class="entry">${TEXT}<ul><li>水车</li><li>石槽</li></ul>
    <blockquote><a href="/q">引自一篇文章</a></blockquote>
    <table><tr><td>高</td><td>三丈</td></tr></table><p>${SECOND}</p></div>`;
  const article = articleOf(page);
  for (const text of ["水车", "石槽", "引自一篇文章", "三丈"]) {
    assert.ok(article.includes(text), text);
  }
});

Deno.test("extraction keeps a block in doubt, whatever its class name", () => {
  assert.deepEqual(articleOf(`<div class="sidebar">${TEXT}</div>`), [FIRST, SECOND, THIRD]);
  assert.deepEqual(articleOf(`<footer>${TEXT}</footer>`), [FIRST, SECOND, THIRD]);
  assert.deepEqual(
    articleOf(`<form id="aspnetForm"><div class="page-wrap nav-open">${TEXT}</div></form>`),
    [FIRST, SECOND, THIRD],
  );
  assert.deepEqual(articleOf(`<div class="post tag-share hentry">${TEXT}</div>`), [
    FIRST,
    SECOND,
    THIRD,
  ]);
});

Deno.test("a page without prose keeps all of its text", () => {
  assert.deepEqual(articleOf("<h1>标题</h1><p>短</p>"), ["标题", "短"]);
  assert.deepEqual(articleOf(""), []);
});

Deno.test("short paragraphs beside the only long one stay", () => {
  assert.deepEqual(articleOf(`<article><p>好。</p><p>${FIRST}</p><p>他笑了</p></article>`), [
    "好。",
    FIRST,
    "他笑了",
  ]);
});

Deno.test("a page that a script would fill has the text of its linked data", () => {
  const data = (more: object) =>
    `<script type="application/ld+json">${
      JSON.stringify({ "@type": "NewsArticle", headline: "标题", ...more })
    }</script>`;
  const body = `${FIRST}\n${SECOND}`;
  assert.deepEqual(articleOf(`<div id="app"></div>${data({ articleBody: body })}`), [
    FIRST,
    SECOND,
  ]);
  assert.deepEqual(articleOf(`<p>${THIRD}</p>${data({ articleBody: body })}`), [THIRD]);
  assert.deepEqual(articleOf(data({})), []);
});

Deno.test("a list of links stays where the text announces it, or in a section within the prose", () => {
  const list = `<ul>${links(4)}</ul>`;
  const kept = (body: string) => articleOf(`<article>${body}</article>`).length;
  const announced = `<p>${FIRST}</p><p>本文用到的资料，请看：</p>${list}`;
  assert.equal(kept(`${announced}<p>${SECOND}</p>`), 7);
  assert.equal(kept(`<p>${FIRST}</p><h2>资料</h2>${list}<p>${SECOND}</p>`), 7);
  assert.equal(kept(`<p>${FIRST}</p><p>${SECOND}</p><h2>资料</h2>${list}`), 2);
  assert.equal(kept(`<p>${FIRST}</p><p>相关阅读：</p>${list}<p>${SECOND}</p>`), 2);
  assert.equal(kept(`<p>${FIRST}</p><p>资料：</p><ul class="related">${links(4)}</ul>${TEXT}`), 5);
  const items = `<li>${FIRST}</li><li>在做的：${list}</li>`;
  assert.equal(kept(`<ul>${items}</ul>`), 6);
  assert.equal(kept(`<ul>${items.replace("在做的", "相关阅读")}</ul>`), 1);
  assert.equal(kept(`<p>${FIRST}</p><h2>资料</h2>${list}<ul><li>${SECOND}</li></ul>`), 7);
});

Deno.test("a head without an end tag ends at the first element of the text", () => {
  const head = "<title>x</title><meta name=a><noscript><img></noscript><script>1</script>";
  for (const end of ["</header>", ""]) {
    const content = `<html><head>${head}${end}<div><p>${FIRST}</p><p>${SECOND}</p></div></html>`;
    const texts = readContent({ title: "", content }).map(({ text }) => text);
    assert.deepEqual(texts, [FIRST, SECOND]);
  }
});

Deno.test("a heading outside of the article's block stays with its prose", () => {
  const apart = `<div><h3>使命</h3><p>${SECOND}</p><h3>更多</h3></div>`;
  const texts = articleOf(`${apart}<div>${`<p>${FIRST.repeat(10)}</p>`.repeat(5)}</div>`);
  assert.deepEqual(texts.slice(0, 2), ["使命", SECOND]);
  assert.equal(texts.length, 7);
});

Deno.test("a heading that is a link stays between prose of the same block", () => {
  const heading = `<h3><a href="/1">水车</a></h3>`;
  assert.deepEqual(articleOf(`<article><p>${FIRST}</p>${heading}<p>${SECOND}</p></article>`), [
    FIRST,
    "水车",
    SECOND,
  ]);
  assert.deepEqual(
    articleOf(`<article>${TEXT}<div>${heading}<p>${SECOND}</p></div></article>`),
    [FIRST, SECOND, THIRD, SECOND],
  );
});

Deno.test("an id that is made from a heading does not classify its section", () => {
  const section = (id: string) =>
    `<article>${TEXT.repeat(9)}<section id="${id}"><p>${SECOND}</p></section></article>`;
  assert.equal(articleOf(section("predictable-responses-from-a-human")).length, 28);
  assert.equal(articleOf(section("responses")).length, 27);
});

Deno.test("a place in the text is no link", () => {
  const page = `<div><a name="one">${FIRST}<br>${SECOND}<br>${FIRST}</a></div>
    <div class="sidebar"><p>${THIRD}</p></div>`;
  assert.deepEqual(articleOf(page), [FIRST, SECOND, FIRST]);
  assert.deepEqual(articleOf(page.replace("name=", "href=")), [THIRD]);
});

Deno.test("a post that an article quotes stays", () => {
  const quoted = `<div class="social-media-embed"><blockquote><p>${SECOND}</p></blockquote></div>`;
  const page = (post: string) => `<article>${TEXT.repeat(9)}${post}</article>`;
  assert.equal(articleOf(page(quoted)).length, 28);
  assert.equal(articleOf(page(quoted.replace("-embed", ""))).length, 27);
});

const VERSE = ["床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。"];

Deno.test("a poem is prose, in lines or in short paragraphs", () => {
  const page = (poem: string) =>
    articleOf(`<div><div>${poem}</div></div><div class="side"><p>${FIRST}</p></div>`);
  const lines = (mark: (line: string) => string) => VERSE.map(mark).join("");
  assert.deepEqual(page(VERSE.join("<br>")), [...VERSE, FIRST]);
  assert.deepEqual(page(lines((line) => `<p>${line}</p><p></p>`)), [...VERSE, FIRST]);
  assert.deepEqual(page(lines((line) => `<p><a href="/">${line}</a></p>`)), [FIRST]);
});

Deno.test("the article in templates or noscript is read from a page with little other prose", () => {
  const article = TEXT.repeat(4);
  const paragraphs = Array(4).fill([FIRST, SECOND, THIRD]).flat();
  const teaser = `<p>${SECOND}</p>`;
  for (
    const [start, end] of [
      ["<noscript>", "</noscript>"],
      ["<template>", "</template>"],
      [`<script type='text/template'>`, "</script>"],
    ]
  ) {
    const page = `<div class="sidebar">${teaser}</div><div>${start}${article}${end}</div>`;
    assert.deepEqual(articleOf(page), paragraphs, start);
  }
  const noscript =
    `<noscript><p>Please enable JavaScript to use this page, it needs it.</p></noscript>`;
  assert.deepEqual(articleOf(`${noscript}<article>${TEXT}</article>`), [FIRST, SECOND, THIRD]);
  assert.deepEqual(
    articleOf(`<article>${article}</article><template>${article.repeat(3)}</template>`),
    paragraphs,
  );
});

Deno.test("the content of a shadow root in a saved page is read", () => {
  assert.deepEqual(
    articleOf(`<my-article><template shadowrootmode="open">${TEXT}</template></my-article>`),
    [FIRST, SECOND, THIRD],
  );
});

Deno.test("linked data completes a page with only the start of its article, once and without tags", () => {
  const body = Array(4).fill([FIRST, SECOND, THIRD]).flat();
  const data = JSON.stringify({ "@type": "Article", articleBody: body.join("\n") });
  const page = (json: string) =>
    `<article><p>${FIRST}</p></article><script type="application/ld+json">${json}</script>`;
  assert.deepEqual(articleOf(page(data)), body);
  const html = body.map((text) => `<p>${text}<\\/p>`).join("");
  assert.deepEqual(articleOf(page(`{"@type": "Article", "articleBody": "${html}"}`)), body);
});

Deno.test("a block that a line heads as comments has comments", () => {
  const remarks = `<p>写得真好，我也去过那里，水车现在已经不在了。</p>`;
  const page = (heading: string) =>
    articleOf(`<main><div>${TEXT}</div><div><h3>${heading}</h3>${remarks}</div></main>`).length;
  for (
    const heading of [
      "全部评论",
      "精选留言",
      "网友评论（12条）",
      "评论 3",
      "2 Comments",
      "Leave a Reply",
    ]
  ) {
    assert.equal(page(heading), 3, heading);
  }
  for (const heading of ["评论家的话", "留言簿的故事", "Comments are useful"]) {
    assert.equal(page(heading), 5, heading);
  }
});

Deno.test("the last heading stays with a short paragraph below it", () => {
  const page = (end: string) => articleOf(`<article>${TEXT}<h3>小结</h3>${end}</article>`);
  assert.deepEqual(page("<p>好。</p>").slice(3), ["小结", "好。"]);
  assert.deepEqual(page("").slice(3), []);
  assert.deepEqual(page(`<p><a href="/">好。</a></p>`).slice(3), ["好。"]);
});
