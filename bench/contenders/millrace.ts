import { startMillrace } from "../../tests/support/millrace.ts";
import type { Stand } from "../support/stand.ts";
import type { Contender } from "./contender.ts";

const WATCH_MS = 10;

/** A worker node of Millrace, as it is started in earnest, with every guarantee on. */
export async function prepareMillrace(
  stand: Stand,
  warmUp: number,
  count: number,
): Promise<Contender> {
  const { redis } = stand;
  const node = await startMillrace({
    env: { ROLE: "worker", DATABASE_URL: stand.postgresUrl, REDIS_URL: stand.redisUrl },
  });
  // A node enqueues by itself what it finds unfinished when it starts, so the articles come now.
  const warmUpIds = await stand.storeArticles(0, warmUp);
  const ids = await stand.storeArticles(warmUp, count);
  let looks = 0;

  async function processed(): Promise<number> {
    looks++;
    return Number(await redis.send(["HGET", "processor:stats", "total_processed"]));
  }

  async function doAll(ids: number[], total: number): Promise<number> {
    const began = performance.now();
    looks++;
    await redis.send(["LPUSH", "pending:articles", ...ids.map(String)]);
    while (await processed() < total) await new Promise((end) => setTimeout(end, WATCH_MS));
    return (performance.now() - began) / 1_000;
  }

  await doAll(warmUpIds, warmUp);
  return {
    pid: node.pid,
    async run() {
      if (await processed() !== warmUp) throw new Error("Something was processed before its time");
      looks = 0;
      return await doAll(ids, warmUp + count);
    },
    watching: () => looks,
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  };
}
