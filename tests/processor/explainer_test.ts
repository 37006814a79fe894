import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";
import { createExplainer } from "../../lib/processor/explainer.ts";

const settings = { ...DEFAULT_ARTICLE_SETTINGS, min_paragraph_length: 1 };

Deno.test("a worker thread explains an article like the main thread", async () => {
  await using explainer = createExplainer();
  const explained = await explainer.run({
    kind: "explain",
    article: { title: "银行", content: "<p>银行</p><p>行人</p>" },
    settings,
    stored: ["银(yin)行(hang)"],
  });
  assert.deepEqual(explained, {
    paragraphs: [
      {
        kind: "kept",
        text: "银行",
        annotated: "银(yin)行(hang)",
        readingReasons: [{ text: "银行", readings: ["yín", "háng"], source: "dictionary" }],
        stored: true,
      },
      {
        kind: "kept",
        text: "行人",
        annotated: "行(xing)人(ren)",
        readingReasons: [],
        stored: false,
      },
    ],
    outdated: [],
    kept: 2,
    dropped: 0,
    differs: true,
  });
});

Deno.test("the worker thread compares settings", async () => {
  await using explainer = createExplainer();
  const comparison = await explainer.run({
    kind: "compare",
    article: { title: "", content: "one\ntwo and three" },
    before: settings,
    after: { ...settings, min_paragraph_length: 5 },
  });
  assert.equal(comparison?.unchanged, 1);
  assert.deepEqual(comparison?.changes.map(({ kind, text }) => [kind, text]), [["lost", "one"]]);
});

Deno.test("an article with too many paragraphs is returned as an excerpt", async () => {
  await using explainer = createExplainer();
  const explained = await explainer.run({
    kind: "explain",
    article: { title: "", content: "<p>a".repeat(100_000) },
    settings,
    stored: [],
  });
  assert.equal(explained?.kept, 100_000);
  assert.equal(explained?.paragraphs.length, 300);
});

Deno.test("stopping the explainer rejects waiting requests", async () => {
  const explainer = createExplainer();
  const run = explainer.run({
    kind: "explain",
    article: { title: "", content: "x" },
    settings,
    stored: [],
  });
  await explainer[Symbol.asyncDispose]();
  assert.equal(await run, null);
});
