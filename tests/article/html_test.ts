import assert from "node:assert/strict";
import fc from "fast-check";
import { TooDeepError, toParagraphs } from "../../lib/article/html.ts";

/** The paragraphs as they are after tidying, for shorter expectations. */
function read(content: string): string[] {
  return toParagraphs(content).map((paragraph) => paragraph.trim()).filter((text) => text !== "");
}

Deno.test("toParagraphs() ends a paragraph at block elements and at <br>", () => {
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

Deno.test("toParagraphs() keeps the text of inline elements in one paragraph", () => {
  assert.deepEqual(read("<p>a<b>b</b><a href='x'>c</a> <i>d</i></p>"), ["abc d"]);
});

Deno.test("toParagraphs() takes line ends in HTML for white space", () => {
  assert.deepEqual(toParagraphs("<p>one\ntwo</p>"), ["one\ntwo"]);
});

Deno.test("toParagraphs() drops scripts, styles and templates with their text", () => {
  const html = "<script>var a = '<p>no</p>';</script><style>p{}</style><p>yes</p>" +
    "<template><p>no</p>no</template><SCRIPT>no</SCRIPT>too";
  assert.deepEqual(read(html), ["yes", "too"]);
});

Deno.test("toParagraphs() drops comments and declarations", () => {
  assert.deepEqual(read("<!DOCTYPE html><!-- <p>no</p> --><p>yes</p><?php no ?>"), ["yes"]);
});

Deno.test("toParagraphs() decodes entities once", () => {
  assert.deepEqual(read("<p>a &amp; b &lt;i&gt; &#x6c49;&#23383; &hellip; &amp;lt;</p>"), [
    "a & b <i> 汉字 … &lt;",
  ]);
});

Deno.test("toParagraphs() reads HTML with tags left open or closed twice", () => {
  assert.deepEqual(read("<p>one<p>two</b></p></p><div>three"), ["one", "two", "three"]);
  assert.deepEqual(read("text<script>never closed <p>no</p>"), ["text"]);
});

Deno.test("toParagraphs() is not misled by > in an attribute", () => {
  assert.deepEqual(read(`<p title="a > b">text</p>`), ["text"]);
});

Deno.test("toParagraphs() ends a paragraph of plain text at every line end", () => {
  assert.deepEqual(toParagraphs("one\ntwo\r\nthree\rfour\u2028five\n\nsix"), [
    "one",
    "two",
    "three",
    "four",
    "five",
    "",
    "six",
  ]);
});

Deno.test("toParagraphs() leaves comparison signs in plain text alone, but decodes entities", () => {
  assert.deepEqual(toParagraphs("5 < 6 and 7 > 3\na <b and c"), ["5 < 6 and 7 > 3", "a <b and c"]);
  assert.deepEqual(toParagraphs("Tom &amp; Jerry\n1 < 2 &lt; 3 <x"), [
    "Tom & Jerry",
    "1 < 2 < 3 <x",
  ]);
});

Deno.test("toParagraphs() answers nothing but blanks for nothing", () => {
  assert.deepEqual(read(""), []);
  assert.deepEqual(read("<div><p></p><br></div>"), []);
});

Deno.test("toParagraphs() takes time in proportion to what looks like tags", () => {
  const began = performance.now();
  toParagraphs("<a".repeat(500_000));
  assert.ok(performance.now() - began < 2_000);
});

Deno.test("toParagraphs() never throws, and HTML never leaves a script's text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<p>",
      "</p>",
      "<br>",
      "<script>",
      "</script>",
      "<",
      ">",
      "&amp;",
      "&#0;",
      "\n",
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    toParagraphs(pieces.join(""));
  }));
  fc.assert(fc.property(fc.stringMatching(/^[a-z]{8,12}$/), fc.string(), (secret, around) => {
    fc.pre(!around.includes(secret) && !around.includes("<"));
    const text = toParagraphs(`${around}<script>${secret}</script>${around}`).join("");
    assert.ok(!text.includes(secret));
  }));
});

Deno.test("toParagraphs() refuses elements that are nested deeper than any page's, and reads many", () => {
  assert.throws(() => toParagraphs("<div>".repeat(400_000)), TooDeepError);
  assert.deepEqual(toParagraphs(`${"<div>".repeat(9_000)}deep`), ["deep"]);
  const many = "<p>One<br>and<img>more</p>".repeat(20_000);
  assert.equal(toParagraphs(many).length, 40_000);
});
