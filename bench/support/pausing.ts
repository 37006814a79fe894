import type { Stand } from "./stand.ts";

const LOOK_MS = 10;

/** Lets a measurement hold a node back and let it go. */
export interface Pausing {
  /** Resolves when the node has finished what it had and takes no more. */
  pause(): Promise<void>;
  /**
   * Lets it go on; resolves with the seconds until it has processed `count` articles more. It goes on
   * beyond that.
   */
  timeTo(count: number): Promise<number>;
}

/** The one node of a stand. */
export function pausing({ redis }: Stand): Pausing {
  async function command(action: "pause" | "resume") {
    const [node] = await redis.send(["HKEYS", "processor:nodes"]) as string[];
    const message = JSON.stringify({ action, node, by: "a benchmark", timestamp: Date.now() });
    await redis.send(["PUBLISH", "processor:commands", message]);
  }

  const number = async (args: string[]) => Number(await redis.send(args));
  const processed = () => number(["HGET", "processor:stats", "total_processed"]);

  async function until(holds: () => Promise<boolean>) {
    while (!await holds()) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
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
