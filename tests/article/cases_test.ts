import assert from "node:assert/strict";
import { cleanArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";

const settings = { ...DEFAULT_ARTICLE_SETTINGS, min_paragraph_length: 1, advertising_phrases: [] };
const lines = Deno.readTextFileSync(new URL("cases/content.jsonl", import.meta.url)).trim().split(
  "\n",
);

for (const line of lines) {
  const { input, paragraphs } = JSON.parse(line);
  Deno.test(`content is parsed into paragraphs: ${input.replaceAll("\n", "⏎")}`, () => {
    const clean = cleanArticle({ title: "", content: input }, settings);
    assert.deepEqual(clean.paragraphs.map(({ text }) => text), paragraphs);
  });
}
