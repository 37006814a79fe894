import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/article_settings.ts";
import { computeBatch } from "../../workers/compute.ts";
import { computeSingly } from "../../workers/compute_singly.ts";
import { swallowPoison } from "../../workers/poison.ts";
import { makeArticle } from "./make_article.ts";

const HARM: Record<number, string> = {
  2: "[[millrace:loop]]",
  3: "[[millrace:throw]]",
  5: "[[millrace:loop]]",
  6: "[[millrace:loop]]",
};
const articles = [1, 2, 3, 4, 5, 6, 7].map((id) => makeArticle(id, HARM[id]));
/** Far more than an article takes on a busy machine; each of the loops takes all of it. */
const LIMIT_MS = 1_000;
// The first article of a thread takes longest: its code is not compiled yet.
computeBatch([makeArticle(8)], SETTINGS);

Deno.test("computeSingly() computes every article but those that loop, in order", () => {
  const { computed, suspects } = computeSingly(articles, SETTINGS, {
    limitOf: () => LIMIT_MS,
    known: null,
    before: swallowPoison,
  });
  assert.deepEqual(suspects, [2, 5, 6]);
  assert.deepEqual(computed.outcomes.map(({ id, kind }) => [id, kind]), [
    [1, "processed"],
    [3, "failed"],
    [4, "processed"],
    [7, "processed"],
  ]);
});

Deno.test("computeSingly() does not compute an article that is a suspect already", () => {
  const before: number[] = [];
  const { computed, suspects } = computeSingly(articles, SETTINGS, {
    limitOf: () => LIMIT_MS,
    known: 2,
    before: ({ id }) => before.push(id),
  });
  assert.deepEqual(suspects, [2]);
  assert.deepEqual(before, [1, 3, 4, 5, 6, 7]);
  const others = articles.filter(({ id }) => id !== 2);
  assert.deepEqual(computed.outcomes, computeBatch(others, SETTINGS).outcomes);
});
