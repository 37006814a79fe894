import type { BenchServers } from "./bench_servers.ts";
import { sleep } from "../../lib/runtime/sleep.ts";

const TICK_MS = 100;
/** Articles stored ahead of being pushed, so that a slow insert leaves no gap in the stream. */
const AHEAD = 2_000;

/** A steady stream of articles, until disposed. */
export interface Stream extends AsyncDisposable {
  /** The number of articles enqueued so far. */
  pushed(): number;
}

/** Enqueues `rate` generated articles per second, like an external producer. */
export function startStream(servers: BenchServers, rate: number): Stream {
  const ready: number[] = [];
  let stored = 0;
  let pushed = 0;
  let stopped = false;
  const began = performance.now();

  async function store() {
    while (!stopped) {
      if (ready.length < AHEAD) {
        ready.push(...await servers.storeArticles(stored, 500, { tidy: false }));
        stored += 500;
      } else {
        await sleep(TICK_MS);
      }
    }
  }

  async function push() {
    while (!stopped) {
      const due = Math.floor((performance.now() - began) / 1_000 * rate) - pushed;
      const ids = ready.splice(0, due);
      if (ids.length > 0) {
        await servers.redis.send(["LPUSH", "pending:articles", ...ids.map(String)]);
      }
      pushed += ids.length;
      await sleep(TICK_MS);
    }
  }

  const running = Promise.all([store(), push()]);
  return {
    pushed: () => pushed,
    async [Symbol.asyncDispose]() {
      stopped = true;
      await running;
    },
  };
}
