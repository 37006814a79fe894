// For each line of input, processes that many articles on BullMQ and writes their completion times, in order,
// as ms since the epoch.

import "./older_node.ts";
import { createInterface } from "node:readline";
import process from "node:process";
import { processArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";
import { generateArticle } from "../articles.ts";
import { load } from "./packages.ts";
import { environment } from "./peer.ts";

const IN_FLIGHT = 100;
const CHUNK = 1_000;

const { Queue, Worker } = load("bullmq");

const connection = { host: "127.0.0.1", port: Number(new URL(environment.redisUrl).port) };
const queue = new Queue("articles", { connection });

let wanted = 0;
let done: number[] = [];
let finished = Promise.withResolvers<void>();

const worker = new Worker("articles", ({ data }: { data: { title: string; content: string } }) => {
  processArticle(data, DEFAULT_ARTICLE_SETTINGS);
  return Promise.resolve();
}, { connection, concurrency: IN_FLIGHT });
worker.on("completed", ({ finishedOn }: { finishedOn: number }) => {
  done.push(finishedOn);
  if (done.length === wanted) finished.resolve();
});

let index = 0;
for await (const line of createInterface({ input: process.stdin })) {
  wanted = Number(line);
  done = [];
  finished = Promise.withResolvers();
  for (let at = 0; at < wanted; at += CHUNK) {
    const jobs = Array.from({ length: Math.min(CHUNK, wanted - at) }, () => {
      const { title, content } = generateArticle(index++);
      return { name: "article", data: { title, content } };
    });
    await queue.addBulk(jobs);
  }
  await finished.promise;
  process.stdout.write(`${JSON.stringify(done.sort())}\n`);
}
process.exit(0);
