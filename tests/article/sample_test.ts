import assert from "node:assert/strict";
import { explainArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/settings.ts";
import { sampleArticles } from "./texts.ts";

const lines = Deno.readTextFileSync(new URL("../../data/sample.jsonl", import.meta.url))
  .trimEnd().split("\n");
const explained = sampleArticles().map((article) =>
  explainArticle(article, DEFAULT_ARTICLE_SETTINGS)
);

Deno.test("the sample has forty-odd lines, two of them broken", () => {
  assert.ok(lines.length >= 40 && lines.length < 50);
  assert.equal(sampleArticles().length, lines.length - 2);
  assert.equal(lines.filter((line) => !isJson(line)).length, 1);
});

Deno.test("the sample has sources that come twice", () => {
  const sources = lines.filter(isJson).map((line) => JSON.parse(line).source);
  assert.equal(sources.length - new Set(sources).size, 2);
});

Deno.test("the sample shows every fate of a paragraph", () => {
  const reasons = explained.flatMap(({ dropped }) => dropped.map(({ reason }) => reason.kind));
  assert.ok(reasons.includes("too_short"));
  assert.ok(reasons.includes("advertising"));
  const kept = explained.flatMap(({ kept }) => kept.map(({ annotated }) => annotated)).join("");
  assert.match(kept, /[\u{10000}-\u{10ffff}]/u);
  assert.match(kept, /银\(yin\)行\(hang\)/);
  assert.match(kept, /行\(xing\)人\(ren\)/);
});

Deno.test("the sample has articles of which everything, something and nothing stays", () => {
  const fates = explained.map(({ kept, dropped }) => [kept.length > 0, dropped.length > 0].join());
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
