/** A counting semaphore with a FIFO queue. */
export interface Semaphore {
  /** Runs `work` once a permit is free, and releases the permit afterwards. */
  use<T>(work: () => Promise<T>): Promise<T>;
  /** The number of waiting callers. */
  waiting(): number;
}

export function createSemaphore(count: number): Semaphore {
  const line: (() => void)[] = [];
  let free = count;

  async function enter() {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => line.push(resolve));
  }

  function leave() {
    const next = line.shift();
    if (next) next();
    else free++;
  }

  return {
    waiting: () => line.length,
    async use(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
