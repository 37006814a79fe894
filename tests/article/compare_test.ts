import assert from "node:assert/strict";
import type { ArticleSettings } from "../../lib/article/article.ts";
import { compareSettings } from "../../lib/article/compare.ts";

const article = {
  title: "t",
  content: "<p>twelve chars</p><p>a paragraph that is long enough for both</p><p>buy this</p>",
};

function settings(minParagraphLength: number, ...advertisingPhrases: string[]): ArticleSettings {
  return { minParagraphLength, advertisingPhrases };
}

Deno.test("equal settings change nothing", () => {
  assert.deepEqual(compareSettings(article, settings(10), settings(10)), {
    changes: [],
    unchanged: 2,
  });
});

Deno.test("a higher bound loses paragraphs, and says why", () => {
  assert.deepEqual(compareSettings(article, settings(10), settings(13)), {
    changes: [{
      kind: "lost",
      position: 0,
      text: "twelve chars",
      reason: { kind: "too_short", minLength: 13 },
    }],
    unchanged: 1,
  });
});

Deno.test("one phrase less gains a paragraph while another is lost, in the article's order", () => {
  const { changes, unchanged } = compareSettings(
    article,
    settings(1, "buy"),
    settings(1, "twelve"),
  );
  assert.deepEqual(changes.map(({ kind, position }) => [kind, position]), [
    ["lost", 0],
    ["gained", 2],
  ]);
  assert.equal(unchanged, 1);
});
