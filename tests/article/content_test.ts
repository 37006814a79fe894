import assert from "node:assert/strict";
import fc from "fast-check";
import { readContent } from "../../lib/article/content.ts";

/** Trims the texts and drops blank ones, for shorter expectations. */
function read(content: string, contentKind: "html" | "text" | "page" | null = null): string[] {
  return readContent({ title: "", content, contentKind })
    .map(({ text }) => text.trim()).filter((text) => text !== "");
}

Deno.test("readContent() ends a paragraph at block elements and at <br>", () => {
  assert.deepEqual(read("<p>one</p><div>two<br>three<br/>four</div>five"), [
    "one",
    "two",
    "three",
    "four",
    "five",
  ]);
  assert.deepEqual(read("<h1>title</h1>text<ul><li>a<li>b</ul>"), ["title", "text", "a", "b"]);
  assert.deepEqual(read("<table><tr><td>a</td><td>b</td></tr></table>"), ["a", "b"]);
});

Deno.test("readContent() joins what a single <br> or line end cuts within a sentence", () => {
  const [line, next] = ["昨天下午下了一场大雨，", "街上的人都跑进了商店。"] as const;
  const verse = ["白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"];
  for (const kind of ["html", "page"] as const) {
    assert.deepEqual(read(`<p>${line}<br>\n ${next}</p>`, kind), [`${line}\n${next}`]);
    assert.deepEqual(read(`<p>${line}<br><br>${next}</p>`, kind), [line, next]);
    assert.deepEqual(read(`<p>${line}</p><p>${next}</p>`, kind), [line, next]);
    assert.deepEqual(read(`<pre>${line}<br>${next}\n${line}\n${next}</pre>`, kind), [
      ...[line, next],
      ...[line, next],
    ]);
    assert.deepEqual(read(`<p>${verse.join("<br>")}</p>`, kind), verse);
    const [a, b, c, d] = verse;
    assert.deepEqual(read(`<p>${a}<br>${b}</p>\n<p>${c}<br>${d}</p>`, kind), verse);
    const around = `<p>${a}</p><p>${b}</p><p>${c}</p>`;
    assert.deepEqual(read(`${around}<p>${line}<br>${next}</p><p>${d}</p>${around}`, kind), [
      ...[a, b, c],
      `${line}\n${next}`,
      ...[d, a, b, c],
    ]);
  }
  assert.deepEqual(read(`${line}\n${next}`), [`${line}\n${next}`]);
  assert.deepEqual(read(`${line}\n${next}<b>!</b>`), [line, `${next}!`]);
});

Deno.test("readContent() drops scripts, styles and templates with their text", () => {
  const html = "<script>var a = '<p>no</p>';</script><style>p{}</style><p>yes</p>" +
    "<template><p>no</p>no</template><SCRIPT>no</SCRIPT>too";
  assert.deepEqual(read(html), ["yes", "too"]);
  assert.deepEqual(read("text<script>never closed <p>no</p>"), ["text"]);
});

Deno.test("readContent() drops comments and declarations", () => {
  assert.deepEqual(read("<!DOCTYPE html><!-- <p>no</p> --><p>yes</p>", "html"), ["yes"]);
  assert.deepEqual(read("<p>a</p><!--[if IE]><p>no</p><![endif]--><![if !IE]><p>b</p><![endif]>"), [
    "a",
    "b",
  ]);
});

Deno.test("readContent() is not misled by > in an attribute", () => {
  assert.deepEqual(read(`<p title="a > b">text</p>`), ["text"]);
});

Deno.test("readContent() ends a paragraph of plain text at every line end", () => {
  assert.deepEqual(read("one\ntwo\r\nthree\rfour\u2028five\n\nsix"), [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
  ]);
});

Deno.test("readContent() does not parse content declared as text", () => {
  assert.deepEqual(read("<p>a &amp; b</p>\n<script>c</script>", "text"), [
    "<p>a &amp; b</p>",
    "<script>c</script>",
  ]);
});

Deno.test("readContent() treats content as a page if it is declared as one or looks like one", () => {
  const body = `<nav><a>Menu</a></nav><p>${"A sentence of the article, and more. ".repeat(5)}</p>`;
  const isChrome = (content: string, contentKind: "html" | "page" | null) =>
    readContent({ title: "", content, contentKind })[0]?.isChrome;
  assert.equal(isChrome(`<html><body>${body}</body></html>`, null), true);
  assert.equal(isChrome(body, "page"), true);
  assert.equal(isChrome(body, null), false);
  assert.equal(isChrome(`<html><body>${body}</body></html>`, "html"), false);
});

Deno.test("readContent() never throws, and never returns a script's text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<p>",
      "</p>",
      "<br>",
      "<script>",
      "</script>",
      "<div hidden>",
      "</div>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "<b ",
      "<",
      ">",
      "&amp;",
      "&#0;",
      "\n",
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  fc.assert(fc.property(fc.array(piece), fc.constantFrom("page", "html", null), (pieces, kind) => {
    readContent({ title: "", content: pieces.join(""), contentKind: kind });
  }));
  fc.assert(fc.property(fc.stringMatching(/^[a-z]{8,12}$/), fc.string(), (secret, around) => {
    fc.pre(!around.includes(secret) && !around.includes("<"));
    const text = read(`${around}<script>${secret}</script>${around}`).join("");
    assert.ok(!text.includes(secret));
  }));
});

Deno.test("HTML that was escaped once too often is read, but not a text that mentions a tag", () => {
  const read = (content: string) => readContent({ title: "", content }).map(({ text }) => text);
  assert.deepEqual(
    read('&lt;p class="a"&gt;one &amp;lt; two&lt;/p&gt;\n&lt;p&gt;three&lt;/p&gt;'),
    [
      "one < two",
      "\n",
      "three",
    ],
  );
  for (
    const text of ["&lt;p&gt; starts a paragraph", "a &lt;p&gt;b&lt;/p&gt;", "&lt;b&gt;c&lt;/b&gt;"]
  ) {
    assert.equal(read(text).length, 1);
    assert.match(read(text)[0]!, /</);
  }
});
