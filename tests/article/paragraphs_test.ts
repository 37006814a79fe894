import assert from "node:assert/strict";
import fc from "fast-check";
import { foldLine, MAX_PARAGRAPH_LENGTH, tidyParagraph } from "../../lib/article/paragraphs.ts";

Deno.test("tidyParagraph() folds white space of every kind and trims", () => {
  assert.equal(tidyParagraph("\t　　一\u00a0 二\r\n三  四 \ufeff"), "一 二 三 四");
  assert.equal(tidyParagraph("plain text stays"), "plain text stays");
});

Deno.test("tidyParagraph() drops control characters", () => {
  assert.equal(tidyParagraph("a\0b\x07c\x1bd\x7fe\x9ff"), "abcdef");
  assert.equal(tidyParagraph(" \0 \x08 "), "");
});

Deno.test("tidyParagraph() leaves joiners and selectors alone, so that emoji stay whole", () => {
  assert.equal(tidyParagraph("👨‍👩‍👧 ❤️"), "👨‍👩‍👧 ❤️");
});

Deno.test("tidyParagraph() replaces half a surrogate pair", () => {
  assert.equal(tidyParagraph("a\ud83db"), "a\ufffdb");
});

Deno.test("tidyParagraph() keeps 5,000 characters and no half of one", () => {
  assert.equal(tidyParagraph("汉".repeat(6_000)), "汉".repeat(MAX_PARAGRAPH_LENGTH));
  assert.equal(tidyParagraph("😀".repeat(5_001)), "😀".repeat(MAX_PARAGRAPH_LENGTH));
  assert.equal(tidyParagraph("a" + "😀".repeat(5_000)), "a" + "😀".repeat(4_999));
  assert.equal(tidyParagraph("😀".repeat(5_000)), "😀".repeat(5_000));
});

Deno.test("tidyParagraph() leaves no blank where it cut", () => {
  assert.equal(tidyParagraph("a".repeat(4_999) + " b"), "a".repeat(4_999));
});

Deno.test("tidyParagraph() changes nothing more the second time, whatever the text", () => {
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

Deno.test("foldLine() does not cut", () => {
  assert.equal(foldLine(" 汉\n".repeat(6_000)).length, 11_999);
});
