// The same work on BullMQ: one job per article, with the article as its data; one SQL statement and one
// PUBLISH per job. With PLAIN_PINYIN=1, pinyin-pro's own function makes the readings instead of Millrace's.

import "./older_node.ts";
import process from "node:process";
import { cleanArticle, processArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";
import { generateArticle } from "../articles.ts";
import { annotatePlainly } from "../support/plain_pinyin.ts";
import { load } from "./packages.ts";
import { environment, perform } from "./peer.ts";

const IN_FLIGHT = 100;
const CHUNK = 1_000;

const { Queue, Worker } = load("bullmq");
const { Redis } = load("ioredis");
const postgres = load("postgres");

const { redisUrl, postgresPath, warmUp, count } = environment;
const connection = { host: "127.0.0.1", port: Number(new URL(redisUrl).port) };
const publisher = new Redis(connection);
const sql = postgres({ path: postgresPath, user: "postgres", max: 10, fetch_types: false });
const queue = new Queue("articles", { connection });

let done = 0;
let total = 0;
let finished = Promise.withResolvers<void>();

interface Job {
  data: { id: number; title: string; content: string };
}

const worker = new Worker("articles", async ({ data }: Job) => {
  const { title, paragraphs } = process.env.PLAIN_PINYIN === "1"
    ? processPlainly(data)
    : processArticle(data, DEFAULT_ARTICLE_SETTINGS);
  const rows = paragraphs.map((content, position) => ({
    content,
    group_id: 1,
    batch_id: 0,
    article_id: data.id,
    position,
  }));
  await sql`
    WITH kept AS (
      INSERT INTO titles (title, group_id, batch_id, article_id) VALUES (${title}, 1, 0, ${data.id})
      ON CONFLICT DO NOTHING
    )
    INSERT INTO contents ${sql(rows)}`;
  await publisher.publish("articles:done", JSON.stringify({ running: true, processed: done }));
}, { connection, concurrency: IN_FLIGHT });

worker.on("completed", () => {
  done++;
  if (done === total) finished.resolve();
});
worker.on("failed", (_: unknown, error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

function processPlainly(data: Job["data"]) {
  const { title, paragraphs } = cleanArticle(data, DEFAULT_ARTICLE_SETTINGS);
  const kept = paragraphs.filter(({ reason }) => reason === null);
  return { title, paragraphs: kept.map(({ text }) => annotatePlainly(text)) };
}

async function add(first: number, length: number) {
  for (let at = first; at < first + length; at += CHUNK) {
    const jobs = Array.from({ length: Math.min(CHUNK, first + length - at) }, (_, i) => {
      const { title, content } = generateArticle(at + i);
      const data = { id: at + i + 1, title, content };
      return { name: "article", data, opts: { removeOnComplete: true } };
    });
    await queue.addBulk(jobs);
  }
  total += length;
}

await add(0, warmUp);
await finished.promise;
finished = Promise.withResolvers();
await queue.pause();
await add(warmUp, count);
await perform(async () => {
  await queue.resume();
  await finished.promise;
});
