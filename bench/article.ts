// What making an article costs, step by step, beside pinyin-pro's own functions, on one thread; then
// the whole job through the pool.
//
//   deno task bench article [articles]

import { filterParagraphs } from "../lib/article/filters.ts";
import { toParagraphs } from "../lib/article/html.ts";
import { tidyParagraph } from "../lib/article/paragraphs.ts";
import { annotate } from "../lib/article/pinyin.ts";
import { processArticle } from "../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../lib/article/settings.ts";
import { createWorkerPool } from "../lib/processor/pool.ts";
import { generateArticle } from "./articles.ts";
import { annotatePlainly } from "./support/plain_pinyin.ts";

const ROUNDS = 5;
const BATCH = 100;
const COUNT = Number(Deno.args[0] ?? 5_000);

interface Figure {
  what: string;
  microsecondsAnArticle: number;
  articlesASecond: number;
}

const articles = Array.from({ length: COUNT }, (_, index) => {
  const { title, content } = generateArticle(index);
  return { id: index + 1, groupId: 1, title, content };
});
const raw = articles.map(({ content }) => toParagraphs(content));
const tidy = raw.map((paragraphs) => paragraphs.map(tidyParagraph).filter((text) => text !== ""));
const kept = tidy.map((paragraphs) =>
  filterParagraphs(paragraphs, SETTINGS).kept.map(({ text }) => text)
);

const figures: Figure[] = [];
let sink = 0;

await measure(
  "HTML to paragraphs",
  () => articles.forEach(({ content }) => keep(toParagraphs(content))),
);
await measure("tidy", () => raw.forEach((paragraphs) => keep(paragraphs.map(tidyParagraph))));
await measure(
  "filter",
  () => tidy.forEach((texts) => keep(filterParagraphs(texts, SETTINGS).kept)),
);
await measure("annotate", () => kept.forEach((texts) => keep(texts.map(annotate))));
await measure(
  "annotate, pinyin-pro as it is",
  () => kept.forEach((texts) => keep(texts.map(annotatePlainly))),
);
await measure(
  "the whole job",
  () => articles.forEach((one) => keep(processArticle(one, SETTINGS).paragraphs)),
);
for (const workers of [1, 2, 4]) await measurePool(workers);

await Deno.mkdir(new URL("results/", import.meta.url), { recursive: true });
await Deno.writeTextFile(
  new URL("results/article.json", import.meta.url),
  JSON.stringify({ at: new Date().toISOString(), articles: COUNT, figures }, null, 2) + "\n",
);

async function measurePool(workers: number) {
  await using pool = createWorkerPool({ size: workers });
  await pool.ready();
  await measure(`the whole job, pool of ${workers}, batches of ${BATCH}`, async () => {
    // As a consumer does it: some batches are always on their way.
    const starts = Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, index) => index * BATCH);
    const lanes = Array.from({ length: 2 * workers }, async () => {
      for (let start = starts.pop(); start !== undefined; start = starts.pop()) {
        const { outcomes } = await pool.process(articles.slice(start, start + BATCH), SETTINGS);
        sink += outcomes.length;
      }
    });
    await Promise.all(lanes);
  });
}

/** Uses what was computed, lest the engine leave it out. */
function keep(texts: readonly (string | { text: string })[]) {
  const last = texts.at(-1);
  const text = typeof last === "string" ? last : last?.text ?? "";
  sink += text.charCodeAt(text.length - 1) || 0;
}

async function measure(what: string, work: () => void | Promise<void>) {
  await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  const medianMs = times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)]!;
  const figure = {
    what,
    microsecondsAnArticle: Math.round(medianMs * 10_000 / COUNT) / 10,
    articlesASecond: Math.round(COUNT * 1_000 / medianMs),
  };
  figures.push(figure);
  const line = `${what.padEnd(46)}${figure.microsecondsAnArticle.toFixed(1).padStart(8)} µs ` +
    `${figure.articlesASecond.toLocaleString("en").padStart(9)}/s\n`;
  await Deno.stdout.write(new TextEncoder().encode(line));
}
