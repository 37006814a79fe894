import assert from "node:assert/strict";
import { readTitle, tidyTitle } from "../../lib/article/title.ts";

Deno.test("tidyTitle() trims the title and joins its lines", () => {
  assert.equal(tidyTitle("  水车\n The water\0 wheel \u3000"), "水车 The water wheel");
});

Deno.test("tidyTitle() decodes entities and strips tags", () => {
  assert.equal(tidyTitle("Joren-&gt;blog <em>强调</em> &amp; 其他"), "Joren->blog 强调 & 其他");
  assert.equal(tidyTitle("上<br>下"), "上 下");
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
