import assert from "node:assert/strict";
import { explainArticle, processArticle } from "../../lib/article/process.ts";
import { compareStored } from "../../lib/article/stored.ts";

const settings = { minParagraphLength: 4, advertisingPhrases: ["广告"] };
const raw = { title: "题", content: "第一段文字\n短\n这是广告哦\n第二段文字\n第一段文字" };

Deno.test("compareStored() puts every paragraph in its place, with what became of it", () => {
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

Deno.test("compareStored() tells what is not stored, and what is stored but not given any more", () => {
  const [first = "", second = ""] = processArticle(raw, settings).paragraphs;
  const { paragraphs, outdated } = compareStored(
    explainArticle(raw, settings),
    [first, "旧", "旧", second],
  );
  const kept = paragraphs.filter((each) => each.kind === "kept");
  assert.deepEqual(kept.map(({ stored }) => stored), [true, true, false]);
  assert.deepEqual(outdated, ["旧", "旧"]);
});
