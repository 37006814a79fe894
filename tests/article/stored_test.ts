import assert from "node:assert/strict";
import { explainArticle, processArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";
import { compareStored } from "../../lib/article/stored.ts";

const settings = {
  ...DEFAULT_ARTICLE_SETTINGS,
  min_paragraph_length: 4,
  advertising_phrases: ["广告"],
};
const raw = { title: "题", content: "第一段文字\n短\n这是广告哦\n第二段文字\n第一段文字" };

Deno.test("compareStored() returns every paragraph in order, with its outcome", () => {
  const { paragraphs: stored } = processArticle(raw, settings);
  const { paragraphs, outdated } = compareStored(explainArticle(raw, settings), stored);
  assert.deepEqual(
    paragraphs.map((each) => [each.text, each.kind === "kept" ? each.stored : each.reason.kind]),
    [
      ["第一段文字", true],
      ["短", "too_short"],
      ["这是广告哦", "advertising"],
      ["第二段文字", true],
      [
        "第一段文字",
        true,
      ],
    ],
  );
  assert.deepEqual(outdated, []);
});

Deno.test("compareStored() reports missing rows, and stored rows without a paragraph", () => {
  const [first = "", second = ""] = processArticle(raw, settings).paragraphs;
  const { paragraphs, outdated } = compareStored(
    explainArticle(raw, settings),
    [first, "旧", "旧", second],
  );
  const kept = paragraphs.filter((each) => each.kind === "kept");
  assert.deepEqual(kept.map(({ stored }) => stored), [true, true, false]);
  assert.deepEqual(outdated, ["旧", "旧"]);
});
