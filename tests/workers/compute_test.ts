import assert from "node:assert/strict";
import { processArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/article_settings.ts";
import { computeBatch } from "../../workers/compute.ts";
import { swallowPoison } from "../../workers/poison.ts";
import { makeArticle } from "./make_article.ts";

Deno.test("computeBatch() returns one outcome per article, in order", () => {
  const articles = [makeArticle(3), makeArticle(1), makeArticle(2)];
  const { outcomes, cleanMs, annotateMs } = computeBatch(articles, SETTINGS);
  assert.deepEqual(
    outcomes,
    articles.map((article) => ({
      kind: "processed",
      id: article.id,
      ...processArticle(article, SETTINGS),
    })),
  );
  assert.ok(cleanMs >= 0 && annotateMs >= 0);
});

Deno.test("computeBatch() fails only the article that throws", () => {
  const articles = [makeArticle(1), makeArticle(2, "[[millrace:throw]]"), makeArticle(3)];
  const { outcomes } = computeBatch(articles, SETTINGS, swallowPoison);
  assert.deepEqual(outcomes.map(({ kind }) => kind), ["processed", "failed", "processed"]);
  const [, failed] = outcomes;
  assert.ok(failed?.kind === "failed");
  assert.equal(failed.id, 2);
  assert.equal(failed.failure.reason, "threw");
  assert.match(failed.failure.message, /poison/);
  assert.match(failed.failure.stack ?? "", /poison\.ts/);
});

Deno.test("computeBatch() turns any thrown value into a failure", () => {
  const { outcomes } = computeBatch([makeArticle(1)], SETTINGS, () => {
    throw "just words";
  });
  const [failed] = outcomes;
  assert.ok(failed?.kind === "failed");
  assert.equal(failed.failure.message, "just words");
});

Deno.test("computeBatch() ignores poison marks by default", () => {
  const { outcomes } = computeBatch([makeArticle(1, "[[millrace:loop]]")], SETTINGS);
  assert.equal(outcomes[0]?.kind, "processed");
});
