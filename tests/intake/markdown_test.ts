import assert from "node:assert/strict";
import { parseMarkdown } from "../../lib/intake/document/markdown.ts";
import { assertSameAtEachSplit, fuzzParser, parse, summary } from "../support/byte_stream.ts";

const MATTERS = {
  YAML: '---\ntitle: "一"\ndate: 2026-03-02\ntags: [a, b]\n---\n',
  "YAML that ends with dots": "---\ntitle: 一\ndate: 2026-03-02\ntags:\n  - a\n  - b\n...\n",
  TOML: '+++\ntitle = "一"\ndate = "2026-03-02"\ntags = ["a", "b"]\n+++\n',
  JSON: '{\n  "title": "一",\n  "date": "2026-03-02",\n  "tags": ["a", "b"]\n}\n',
  "YAML without a fence before it": "title: 一\ndate: 2026-03-02\ntags:\n- a\n- b\n---\n",
  "lines of names and values": "Title: 一\nDate: 2026-03-02\nTags: a, b\n",
};

for (const [notation, matter] of Object.entries(MATTERS)) {
  Deno.test(`front matter in ${notation} is parsed`, async () => {
    for (const input of [`${matter}\n正文\n`, `${matter}\n正文\n`.replaceAll("\n", "\r\n")]) {
      const [only] = await parse(parseMarkdown, input);
      assert.ok(only?.kind === "article");
      const { title, published, tags, content, extra } = only.article;
      assert.deepEqual([title, published, tags, extra], ["一", "2026-03-02", ["a", "b"], null]);
      assert.equal(content.trim(), "<p>正文</p>");
    }
  });
}

Deno.test("without front matter, a leading heading is the title", async () => {
  const inputs = ["# 一\n\n正文", "一\n===\n\n正文", "\n# 一 #\n正文"];
  for (const input of inputs) {
    assert.deepEqual(await summary(parseMarkdown, input), ["1: 一 | <p>正文</p>\n"]);
  }
  for (const input of ["Note: 一\n\n正文", "正文 {\n}", "一段\n\n# 二\n"]) {
    const [only] = await parse(parseMarkdown, input);
    assert.equal(only?.kind === "article" ? only.article.title : null, "");
  }
});

Deno.test("invalid front matter is read line by line, and noted", async () => {
  for (
    const matter of ["---\ntitle: 一: 二\na: [\n---", "+++\ntitle = '一: 二'\ndate = 昨天\n+++"]
  ) {
    assert.deepEqual(await summary(parseMarkdown, `${matter}\n正文`), [
      "1: ~ the front matter is invalid; it was read line by line",
      "1: 一: 二 | <p>正文</p>\n",
    ]);
  }
});

Deno.test("footnotes are paragraphs, and references to them no text", async () => {
  const input = "甲[^1]乙`[^1]`[^x]\n\n[^1]: 丙\n丁\n[^注]: **戊**\n\n己[^注]\n";
  const [read] = await summary(parseMarkdown, input);
  assert.deepEqual(read?.replace("1:  | ", "").trim().split("\n"), [
    "<p>甲乙<code>[^1]</code>[^x]</p>",
    "<p>丙",
    "丁</p>",
    "<p><strong>戊</strong></p>",
    "<p>己</p>",
  ]);
  assert.deepEqual(await summary(parseMarkdown, "[^a] is text"), ["1:  | <p>[^a] is text</p>\n"]);
});

Deno.test("a comment before the text is no part of its first line", async () => {
  assert.deepEqual(await summary(parseMarkdown, "<!-- mode: plain -->## 二\n\n正文\n"), [
    "1:  | <h2>二</h2>\n<p>正文</p>\n",
  ]);
});

Deno.test("a draft is skipped", async () => {
  assert.deepEqual(await summary(parseMarkdown, "---\ndraft: true\n---\n正文"), [
    "1: ! the post is a draft",
  ]);
});

Deno.test("Markdown parses independently of chunk boundaries", () =>
  assertSameAtEachSplit(parseMarkdown, `${MATTERS.YAML}\n正文\n`));

Deno.test("the Markdown parser does not throw for any bytes", () =>
  fuzzParser(parseMarkdown, ["---\n", "+++\n", "{\n", "}\n", "title: a\n", "#", "\n"]));

Deno.test("text between two rules is not front matter", async () => {
  const [only] = await parse(parseMarkdown, "---\n\n甲乙丙\n\n---\n\n丁\n");
  assert.ok(only?.kind === "article");
  assert.match(only.article.content, /<p>甲乙丙<\/p>[\s\S]*<p>丁<\/p>/);
});

Deno.test("the tags of a site's generator are no text, except in code", async () => {
  const body = [
    "{% note info %}",
    "甲 [乙]({% post_url 2024-01-01-b %}) [丙]({{< ref `c` >}}#d) [丁]({{ site.url }}/e) {{ f }}",
    "{% endnote %}",
    "{: .wide }",
    '{{< figure src="a.png" >}}',
    "",
    "```",
    "{% highlight %}",
    "```",
    "{% highlight ruby %}",
    "puts 1",
    "{% endhighlight %}",
  ].join("\n");
  const html = (text: string) => summary(parseMarkdown, text).then(([read]) => read ?? "");
  for (const text of [body, body.replaceAll("\n", "\r\n")]) {
    assert.equal(
      (await html(`---\ntitle: t\n---\n${text}`)).replace(/\r/g, "").replace(/href="[^"]*"/g, ""),
      "1: t | <p>甲 <a >乙</a> <a >丙</a> <a >丁</a> {{ f }}</p>\n" +
        "<pre><code>{% highlight %}\n</code></pre>\n<pre><code>puts 1\n</code></pre>\n",
    );
  }
  assert.match(await html(body), /note info/);
});
