import { createInterface } from "node:readline";
import process from "node:process";

/** The parameters of a peer, from environment variables. */
export const environment = {
  redisUrl: process.env.REDIS_URL ?? "",
  postgresPath: process.env.POSTGRES_PATH ?? "",
  warmUp: Number(process.env.WARM_UP ?? 0),
  count: Number(process.env.COUNT ?? 0),
};

/**
 * Writes `ready`, waits for a line of input, does the work, writes its duration in seconds, and exits at the
 * next line.
 */
export async function perform(work: () => Promise<void>) {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  process.stdout.write("ready\n");
  await lines.next();
  const startedAt = performance.now();
  await work();
  process.stdout.write(`${(performance.now() - startedAt) / 1_000}\n`);
  await lines.next();
  process.exit(0);
}
