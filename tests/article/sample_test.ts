import assert from "node:assert/strict";
import { explainArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";
import { sampleArticles } from "./texts.ts";

const lines = Deno.readTextFileSync(new URL("../../data/sample.jsonl", import.meta.url))
  .trimEnd().split("\n");
const explained = sampleArticles().map((article) =>
  explainArticle(article, DEFAULT_ARTICLE_SETTINGS)
);

Deno.test("the sample has more than 40 lines, two of them malformed", () => {
  assert.ok(lines.length >= 40 && lines.length < 50);
  assert.equal(sampleArticles().length, lines.length - 2);
  assert.equal(lines.filter((line) => !isJson(line)).length, 1);
});

Deno.test("the sample contains duplicate sources", () => {
  const sources = lines.filter(isJson).map((line) => JSON.parse(line).source);
  assert.equal(sources.length - new Set(sources).size, 2);
});

Deno.test("the sample covers every outcome of a paragraph", () => {
  const all = explained.flatMap(({ paragraphs }) => paragraphs);
  const reasons = all.map(({ reason }) => reason?.kind);
  assert.ok(reasons.includes("too_short"));
  assert.ok(reasons.includes("advertising"));
  const kept = all.map(({ annotated }) => annotated ?? "").join("");
  assert.match(kept, /[\u{10000}-\u{10ffff}]/u);
  assert.match(kept, /银\(yin\)行\(hang\)/);
  assert.match(kept, /行\(xing\)人\(ren\)/);
});

Deno.test("the sample has articles that keep all, some and no paragraphs", () => {
  const fates = explained.map(({ paragraphs }) =>
    [null, "left out"].map((fate) =>
      paragraphs.some(({ reason }) => (reason === null) === (fate === null))
    ).join()
  );
  assert.deepEqual(
    new Set(fates),
    new Set(["true,false", "true,true", "false,true", "false,false"]),
  );
});

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
