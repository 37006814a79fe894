import assert from "node:assert/strict";
import { readContent } from "../../../lib/article/content.ts";
import { MAX_DEPTH, walkHtml } from "../../../lib/article/html/walk_html.ts";

const SIZE = 200_000;
/** In linear time, each of these takes a fraction of a second; otherwise minutes. */
const LIMIT_MS = 20_000;

/** Each function generates a hostile text of a given size. */
const HOSTILE: Record<string, (size: number) => string> = {
  "open elements, then end tags of another": (n) => "<i>".repeat(n / 20) + "</p>".repeat(n),
  "elements that are never closed": (n) => "<div>".repeat(n),
  "formatting around formatting": (n) => "<b>".repeat(n) + "</b>".repeat(n),
  "end tags under the deepest nesting": (n) => "<div>".repeat(511) + "</b>".repeat(n),
  "tables in cells": (n) => "<table><tr><td>".repeat(n),
  "lists in lists": (n) => "<ul><li>".repeat(n),
  "half tags": (n) => "<a".repeat(n) + ">",
  "tags in tags": (n) => "<a ".repeat(n) + ">",
  "comparisons": (n) => "a<b ".repeat(n) + "<p>x</p>",
  "letters before tags": (n) => "w<b>".repeat(n),
  "long names": (n) => `<p><${"a-".repeat(n)}><${"a".repeat(n)}-!>`,
  "raw text that is never closed": (n) => "<title>".repeat(n) + "<script>".repeat(n),
  "comments that are never closed": (n) => "<!--".repeat(n),
  "CDATA that is never closed": (n) => "<![CDATA[".repeat(n),
  "CDATA that is none": (n) => "<![CDATA[ >".repeat(n),
  "many attributes": (n) =>
    `<p ${Array.from({ length: n }, (_, at) => `a${at}=b`).join(" ")}>x</p>`,
  "a huge attribute": (n) => `<p style="${"display ".repeat(n)}" class="${"a-".repeat(n)}">x</p>`,
  "hidden in hidden": (n) => "<div hidden>".repeat(n),
  "entities that are none": (n) => "&".repeat(n) + "&a".repeat(n) + ";<p>x",
  "blank lines": (n) => ("\n" + " ".repeat(20)).repeat(n) + "<b>x</b>",
  "line ends between Han": (n) => `<p>汉${"\n ".repeat(n)}字${" ".repeat(n)}\n。</p>`,
};

for (const [name, make] of Object.entries(HOSTILE)) {
  for (const kind of ["html", "page"] as const) {
    Deno.test(`reading ${kind} with ${name} runs in linear time`, () => {
      const content = make(SIZE);
      const began = performance.now();
      readContent({ title: "", content, contentKind: kind });
      assert.ok(performance.now() - began < LIMIT_MS);
    });
  }
}

Deno.test("walkHtml() flattens elements nested deeper than 512 and keeps their text", () => {
  let depth = 0;
  let deepest = 0;
  let text = "";
  walkHtml("<div>".repeat(9_000) + "deep" + "</div>".repeat(9_000) + "<p>after", {
    open() {
      deepest = Math.max(deepest, ++depth);
    },
    close() {
      depth--;
    },
    text(raw) {
      text += raw;
    },
  });
  assert.equal(deepest, MAX_DEPTH);
  assert.equal(depth, 0);
  assert.equal(text, "deepafter");
});
