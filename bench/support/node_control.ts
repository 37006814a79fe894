import type { BenchServers } from "./bench_servers.ts";
import { sleep } from "../../lib/runtime/sleep.ts";

const LOOK_MS = 10;

/** Pauses and resumes the node of a measurement. */
export interface NodeControl {
  /** Pauses the node; resolves when its articles in flight are finished. */
  pause(): Promise<void>;
  /**
   * Resumes the node; resolves with the seconds until it has processed another `count` articles. The node is
   * not paused then.
   */
  timeTo(count: number): Promise<number>;
}

/** Controls the only node on these servers. */
export function controlNode({ redis }: BenchServers): NodeControl {
  async function command(action: "pause" | "resume") {
    const [node] = await redis.send(["HKEYS", "processor:nodes"]) as string[];
    const message = JSON.stringify({ action, node, by: "a benchmark", timestamp: Date.now() });
    await redis.send(["PUBLISH", "processor:commands", message]);
  }

  const number = async (args: string[]) => Number(await redis.send(args));
  const processed = () => number(["HGET", "processor:stats", "total_processed"]);

  async function until(holds: () => Promise<boolean>) {
    while (!await holds()) await sleep(LOOK_MS);
  }

  return {
    async pause() {
      await command("pause");
      const [node] = await redis.send(["HKEYS", "processor:nodes"]) as string[];
      let before = NaN;
      await until(async () => {
        const last = before;
        before = await processed();
        return last === before && await number(["SCARD", `processor:active:${node}`]) === 0;
      });
    },
    async timeTo(count) {
      const target = await processed() + count;
      const began = performance.now();
      await command("resume");
      await until(async () => await processed() >= target);
      return (performance.now() - began) / 1_000;
    },
  };
}
