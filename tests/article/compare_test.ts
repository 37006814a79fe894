import assert from "node:assert/strict";
import {
  type ArticleSettings,
  DEFAULT_ARTICLE_SETTINGS,
} from "../../lib/article/article_settings.ts";
import { compareSettings } from "../../lib/article/compare.ts";

const article = {
  title: "t",
  content: "<p>twelve chars</p><p>a paragraph that is long enough for both</p><p>buy this</p>",
};

function settings(min_paragraph_length: number, ...advertising_phrases: string[]): ArticleSettings {
  return { ...DEFAULT_ARTICLE_SETTINGS, min_paragraph_length, advertising_phrases };
}

Deno.test("equal settings yield no changes", () => {
  assert.deepEqual(compareSettings(article, settings(10), settings(10)), {
    changes: [],
    unchanged: 2,
  });
});

Deno.test("a higher bound drops paragraphs, with the reason", () => {
  assert.deepEqual(compareSettings(article, settings(10), settings(13)), {
    changes: [{
      kind: "lost",
      position: 0,
      text: "twelve chars",
      reason: { kind: "too_short", count: 12, least: 13 },
    }],
    unchanged: 1,
  });
});

Deno.test("changes list gained and lost paragraphs in the article's order", () => {
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

Deno.test("paragraphs are compared by text and number of occurrences, not by position", () => {
  const body = "The article has a sentence, and another one. ".repeat(6);
  const page =
    `<html><body><nav><a>Menu of the site</a></nav><p>${body}</p><p>${body}</p></body></html>`;
  const { changes, unchanged } = compareSettings(
    { title: "t", content: page },
    settings(1),
    { ...settings(1), extraction: "off" },
  );
  assert.deepEqual(changes, [{
    kind: "gained",
    position: 0,
    text: "Menu of the site",
    reason: { kind: "chrome" },
  }]);
  assert.equal(unchanged, 2);
});

Deno.test("another style, for all or for the article's group, changes the readings of kept paragraphs", () => {
  const before = settings(1);
  const raw = { title: "t", content: "汉字\nplain", groupId: 2 };
  const reread = { kind: "reread", position: 0, text: "汉(han)字(zi)", after: "汉(hàn)字(zì)" };
  for (
    const after of [
      { ...before, reading_style: "marks" as const },
      { ...before, reading_styles_by_group: ["1 none", "2 marks"] },
    ]
  ) {
    assert.deepEqual(compareSettings(raw, before, after), { changes: [reread], unchanged: 1 });
  }
  const elsewhere = { ...before, reading_styles_by_group: ["1 none"] };
  assert.deepEqual(compareSettings(raw, before, elsewhere).changes, []);
});
