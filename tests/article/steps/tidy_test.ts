import assert from "node:assert/strict";
import fc from "fast-check";
import { tidyParagraph } from "../../../lib/article/steps/tidy.ts";

Deno.test("tidyParagraph() collapses white space of every kind and trims", () => {
  assert.equal(tidyParagraph("\t　　一\u00a0 二\r\n三  四 \ufeff"), "一 二三 四");
  assert.equal(tidyParagraph("plain text stays"), "plain text stays");
});

Deno.test("tidyParagraph() drops control characters", () => {
  assert.equal(tidyParagraph("a\0b\x07c\x1bd\x7fe\x9ff"), "abcdef");
  assert.equal(tidyParagraph(" \0 \x08 "), "");
});

Deno.test("tidyParagraph() keeps joiners and selectors, so that emoji stay intact", () => {
  assert.equal(tidyParagraph("👨‍👩‍👧 ❤️"), "👨‍👩‍👧 ❤️");
});

Deno.test("tidyParagraph() replaces a lone surrogate", () => {
  assert.equal(tidyParagraph("a\ud83db"), "a\ufffdb");
});

Deno.test("tidyParagraph() removes a line break between Han characters", () => {
  assert.equal(tidyParagraph("这是第一行，\n第二行"), "这是第一行，第二行");
  assert.equal(tidyParagraph("汉 \r\n\t 字\n“引”\n文"), "汉字“引”文");
  assert.equal(tidyParagraph("汉\nLatin\n字"), "汉 Latin 字");
  assert.equal(tidyParagraph("汉 字"), "汉 字");
});

Deno.test("tidyParagraph() drops soft hyphens", () => {
  assert.equal(tidyParagraph("auto\u00adnome"), "autonome");
});

Deno.test("tidyParagraph() is idempotent", () => {
  const blank = fc.constantFrom(" ", "\t", "\u3000", "\0", "\x1f", "\u2028", "\ud83d", "😀", "汉");
  const text = fc.array(fc.oneof(blank, fc.string({ unit: "binary" }))).map((parts) =>
    parts.join("")
  );
  fc.assert(fc.property(text, (text) => {
    const tidy = tidyParagraph(text);
    assert.equal(tidyParagraph(tidy), tidy);
    assert.ok(tidy.isWellFormed());
    assert.doesNotMatch(tidy, /\p{Cc}|^\s|\s$|\s\s|[^\S ]/u);
  }));
});
