import { startMillrace } from "../../tests/support/millrace.ts";
import type { BenchServers } from "../support/bench_servers.ts";
import type { SystemUnderTest } from "./system_under_test.ts";

const POLL_MS = 10;

/** Prepares a worker node of Millrace, started as in production, with every guarantee on. */
export async function prepareMillrace(
  servers: BenchServers,
  warmUp: number,
  count: number,
): Promise<SystemUnderTest> {
  const { redis } = servers;
  const node = await startMillrace({
    env: { ROLE: "worker", DATABASE_URL: servers.postgresUrl, REDIS_URL: servers.redisUrl },
  });
  // A node enqueues the unfinished articles that it finds at its start, so they are stored afterwards.
  const warmUpIds = await servers.storeArticles(0, warmUp);
  const ids = await servers.storeArticles(warmUp, count);
  let polls = 0;

  async function processed(): Promise<number> {
    polls++;
    return Number(await redis.send(["HGET", "processor:stats", "total_processed"]));
  }

  async function processAll(ids: number[], total: number): Promise<number> {
    const startedAt = performance.now();
    polls++;
    await redis.send(["LPUSH", "pending:articles", ...ids.map(String)]);
    while (await processed() < total) await new Promise((end) => setTimeout(end, POLL_MS));
    return (performance.now() - startedAt) / 1_000;
  }

  await processAll(warmUpIds, warmUp);
  return {
    pid: node.pid,
    async run() {
      if (await processed() !== warmUp) {
        throw new Error("An article was processed before the measurement started");
      }
      polls = 0;
      return await processAll(ids, warmUp + count);
    },
    monitoringCommands: () => polls,
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  };
}
