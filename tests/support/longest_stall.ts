const TRIES = 5;

/**
 * Returns the longest time in ms for which some asynchronous work held the event loop: the least of several tries,
 * since a busy machine interrupts some of them.
 */
export async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let tried = 0; tried < TRIES; tried++) least = Math.min(least, await stallOf(work));
  return least;
}

async function stallOf(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(turn, 0);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  turn();
  return longest;
}
