import assert from "node:assert/strict";
import { escapeTitle, readTitle, tidyTitle } from "../../lib/article/title.ts";

Deno.test("tidyTitle() trims the title and joins its lines", () => {
  assert.equal(tidyTitle("  水车\n The water\0 wheel \u3000"), "水车 The water wheel");
});

Deno.test("tidyTitle() decodes entities and strips tags", () => {
  assert.equal(tidyTitle("Joren-&gt;blog <em>强调</em> &amp; 其他"), "Joren->blog 强调 & 其他");
  assert.equal(tidyTitle("上<br>下"), "上 下");
  assert.equal(tidyTitle("上\n<br>下"), "上 下");
});

Deno.test("tidyTitle() keeps text that only resembles markup", () => {
  assert.equal(tidyTitle("List<String> 的用法"), "List<String> 的用法");
  assert.equal(tidyTitle("A <b> & B"), "A <b> & B");
  assert.equal(tidyTitle("?a=1&region=cn"), "?a=1&region=cn");
});

Deno.test("readTitle() falls back to the page's title", () => {
  const content = "<html><head><title>水车_某某网</title></head><body><p>文</p></body></html>";
  assert.equal(readTitle({ title: "", content }), "水车");
  assert.equal(readTitle({ title: "给定", content }), "给定");
  assert.equal(readTitle({ title: " ", content: "<p>文</p>" }), "");
  assert.equal(readTitle({ title: "", content, contentKind: "text" }), "");
});

Deno.test("a plain title that mentions tags and entities reads as itself once it is escaped", () => {
  for (const plain of ["用 <b>粗</b> 体", "写 &amp; 与 <br>", "A & B", "List<String>", "一 二"]) {
    assert.equal(tidyTitle(escapeTitle(plain)), plain);
  }
  assert.equal(escapeTitle("A & B < C"), "A & B < C");
  const content =
    "<html><head><title>用 &lt;b&gt;粗&lt;/b&gt;</title></head><body>文</body></html>";
  assert.equal(readTitle({ title: "", content }), "用 <b>粗</b>");
});
