// The predecessor's algorithm: one article at a time, one INSERT per paragraph, nine Redis commands
// per article.

import { processArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";
import { generateArticle } from "../articles.ts";
import { load } from "./packages.ts";
import { environment, perform } from "./peer.ts";

const { createClient } = load("redis");
const postgres = load("postgres");

const { redisUrl, postgresPath, warmUp, count } = environment;
const redis = createClient({ url: redisUrl });
await redis.connect();
const sql = postgres({ path: postgresPath, user: "postgres", max: 1, fetch_types: false });

async function work() {
  for (let id = await take(); id !== null; id = await take()) {
    const [article] = await sql`
      SELECT title, content, group_id FROM original_articles WHERE id = ${id}`;
    const { title, paragraphs } = processArticle(article, DEFAULT_ARTICLE_SETTINGS);
    await sql`
      INSERT INTO titles (title, group_id) VALUES (${title}, ${article.group_id})
      ON CONFLICT DO NOTHING`;
    for (const content of paragraphs) {
      await sql`INSERT INTO contents (content, group_id) VALUES (${content}, ${article.group_id})`;
    }
    await report();
  }
}

async function take(): Promise<string | null> {
  return await redis.rPop("pending:articles");
}

async function report() {
  const total = await redis.hIncrBy("processor:stats", "total_processed", 1);
  const today = await redis.incr("processor:processed:today");
  await redis.expire("processor:processed:today", 172_800);
  const pending = await redis.lLen("pending:articles");
  const retry = await redis.lLen("pending:articles:retry");
  const dead = await redis.lLen("pending:articles:dead");
  const status = { running: "true", total, today, pending, retry, dead };
  await redis.hSet("processor:status", status);
  await redis.publish("processor:status:realtime", JSON.stringify(status));
}

async function add(first: number, length: number) {
  for (let at = first; at < first + length; at++) {
    const { title, content } = generateArticle(at);
    const [{ id }] = await sql`
      INSERT INTO original_articles (title, content) VALUES (${title}, ${content}) RETURNING id`;
    await redis.lPush("pending:articles", String(id));
  }
}

await add(0, warmUp);
await work();
await add(warmUp, count);
await perform(work);
