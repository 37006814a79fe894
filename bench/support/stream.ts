import type { Stand } from "./stand.ts";

const TICK_MS = 100;
/** Articles that wait to be pushed, so that a slow moment of the store is no gap in the stream. */
const AHEAD = 2_000;

/** Articles that are handed over at a steady rate until it is disposed of. */
export interface Stream extends AsyncDisposable {
  /** How many were handed over so far. */
  pushed(): number;
}

/** Hands over `rate` generated articles a second, as a producer of its own does. */
export function startStream(stand: Stand, rate: number): Stream {
  const ready: number[] = [];
  let stored = 0;
  let pushed = 0;
  let stopped = false;
  const began = performance.now();

  async function store() {
    while (!stopped) {
      if (ready.length < AHEAD) {
        ready.push(...await stand.storeArticles(stored, 500, { tidy: false }));
        stored += 500;
      } else {
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
    }
  }

  async function push() {
    while (!stopped) {
      const due = Math.floor((performance.now() - began) / 1_000 * rate) - pushed;
      const ids = ready.splice(0, due);
      if (ids.length > 0) await stand.redis.send(["LPUSH", "pending:articles", ...ids.map(String)]);
      pushed += ids.length;
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
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
