import { createInterface } from "node:readline";
import process from "node:process";

/** What a peer is told by its environment. */
export const environment = {
  redisUrl: process.env.REDIS_URL ?? "",
  postgresPath: process.env.POSTGRES_PATH ?? "",
  warmUp: Number(process.env.WARM_UP ?? 0),
  count: Number(process.env.COUNT ?? 0),
};

/**
 * Says that all is prepared, waits for the word to begin, does the work and says how many seconds it
 * took; then waits to be ended.
 */
export async function perform(work: () => Promise<void>) {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  process.stdout.write("ready\n");
  await lines.next();
  const began = performance.now();
  await work();
  process.stdout.write(`${(performance.now() - began) / 1_000}\n`);
  await lines.next();
  process.exit(0);
}
