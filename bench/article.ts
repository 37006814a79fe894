// CPU time of processing an article, step by step, compared with pinyin-pro's own functions, on one
// thread; then the whole job through the worker pool.
//
//   deno task bench article [articles]

import { readContent } from "../lib/article/content.ts";
import { annotate } from "../lib/article/readings/annotate.ts";
import { processArticle, whyDropped } from "../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../lib/article/article_settings.ts";
import { tidyParagraph } from "../lib/article/steps/tidy.ts";
import { createWorkerPool } from "../lib/processor/worker_pool.ts";
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
  return { id: index + 1, groupId: 1, title, content, contentKind: null };
});
const raw = articles.map((article) => readContent(article));
const tidy = raw.map((paragraphs) =>
  paragraphs.map(({ text, isChrome }) => ({ text: tidyParagraph(text), isChrome }))
    .filter(({ text }) => text !== "")
);
const kept = tidy.map((paragraphs) =>
  paragraphs.filter((paragraph) => whyDropped(paragraph, SETTINGS) === null)
    .map(({ text }) => text)
);

const figures: Figure[] = [];
let sink = 0;

await measure(
  "HTML to paragraphs",
  () => articles.forEach((article) => keep(readContent(article))),
);
await measure(
  "tidy",
  () => raw.forEach((paragraphs) => keep(paragraphs.map(({ text }) => tidyParagraph(text)))),
);
await measure(
  "filter",
  () =>
    tidy.forEach((paragraphs) =>
      keep(paragraphs.filter((paragraph) => whyDropped(paragraph, SETTINGS) === null))
    ),
);
await measure("annotate", () => kept.forEach((texts) => keep(texts.map((text) => annotate(text)))));
await measure(
  "annotate, pinyin-pro unmodified",
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
    // Like a consumer, which always has some batches in flight.
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

/** Uses the results, so that the engine cannot eliminate the computation as dead code. */
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
