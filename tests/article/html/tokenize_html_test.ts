import assert from "node:assert/strict";
import { tokenizeHtml } from "../../../lib/article/html/tokenize_html.ts";

/** Returns the tags and texts of HTML, one a line. */
function tokensOf(html: string): string[] {
  const tokens: string[] = [];
  tokenizeHtml(html, {
    open(name, attributes, isClosed) {
      const values = attributes.entries().map(([key, value]) => ` ${key}=[${value}]`).toArray();
      tokens.push(`<${name}${values.join("")}${isClosed ? " /" : ""}>`);
    },
    close: (name) => tokens.push(`</${name}>`),
    text: (raw) => tokens.push(raw),
  });
  return tokens;
}

Deno.test("tokenizeHtml() reads tags and undecoded texts", () => {
  assert.deepEqual(tokensOf("a<P>b &amp; c</P\n>d<br/>"), [
    "a",
    "<p>",
    "b &amp; c",
    "</p>",
    "d",
    "<br />",
  ]);
});

Deno.test("tokenizeHtml() reads attributes as browsers do", () => {
  const tags: Record<string, string> = {
    '<a HREF="x?a&amp;b" title=\'>"\'>': '<a href=[x?a&b] title=[>"]>',
    "<a href=/x/ hidden>": "<a href=[/x/] hidden=[]>",
    "<a id = 1 id=2>": "<a id=[1]>",
    '<a id="1"class=b/>': "<a id=[1] class=[b/]>",
    "<a / id>": "<a id=[]>",
    "<a id / >": "<a id=[] />",
    '<a ="x" =y>': '<a ="x"=[y]>',
    "<a id=>": "<a id=[]>",
  };
  for (const [html, tag] of Object.entries(tags)) assert.deepEqual(tokensOf(html), [tag]);
});

Deno.test("tokenizeHtml() reads raw text elements as text up to their own end tag", () => {
  assert.deepEqual(tokensOf("<script>a</b></scripts></SCRIPT x>b"), [
    "<script>",
    "a</b></scripts>",
    "</script>",
    "b",
  ]);
  assert.deepEqual(tokensOf("<style></style ><title/><i>"), [
    "<style>",
    "</style>",
    "<title />",
    "<i>",
  ]);
  assert.deepEqual(tokensOf("<title>a<b>"), ["<title>", "a<b>"]);
  assert.deepEqual(tokensOf("<plaintext>a</plaintext>"), ["<plaintext>", "a</plaintext>"]);
});

Deno.test("tokenizeHtml() skips comments and declarations", () => {
  const skipped = [
    ...["<!-- > -- a -->", "<!-->", "<!--->", "<!-- --!>", "<!--!> -->", "<!->", "<!>"],
    ...["<!doctype html>", "<?xml a?>", "<![CDATA[a]]>", "</>", "</ p>", "</1>"],
  ];
  for (const html of skipped) assert.deepEqual(tokensOf(`${html}b`), ["b"], html);
});

Deno.test("tokenizeHtml() reads a < that starts no markup as text", () => {
  assert.deepEqual(tokensOf("1 < 2 <<b>"), ["1 ", "< 2 ", "<", "<b>"]);
});

Deno.test("tokenizeHtml() skips a tag or a comment that the input ends in", () => {
  const ends = ["<br", "<br/", "<br ", '<a id="', "<a id=1", "</p", "<!-- x", "<!--", "<!", "</"];
  for (const end of ends) assert.deepEqual(tokensOf(`a${end}`), ["a"], end);
  assert.deepEqual(tokensOf("a</p "), ["a", "</p>"]);
});

Deno.test("tokenizeHtml() ends a value whose quote is never closed with its tag", () => {
  assert.deepEqual(tokensOf(`<p class="a>b<br id='c>d`), [
    "<p class=[a]>",
    "b",
    "<br id=[c]>",
    "d",
  ]);
});
