import vm from "node:vm";

let task: () => unknown = () => {};
// A script can only name what is global.
Object.defineProperty(globalThis, "millraceTask", { value: () => task() });
const script = new vm.Script("millraceTask()");

/** What came of work under a time limit. */
export type Timed<T> = { kind: "finished"; value: T } | { kind: "overran" };

/** Nothing is ever written to it: to wait for it is to do nothing. */
const idle = new Int32Array(new SharedArrayBuffer(4));

/**
 * How much later than the limit V8's timer is set. It strikes some time after it is due, and a strike
 * that finds the script finished hits whatever runs next, which panics Deno and ends the process.
 */
const MARGIN_MS = 100;

/**
 * Runs `work` and stops it soon after `limitMs`, wherever it is, an endless loop included: a worker has
 * to do this itself, for `terminate()` waits until it returns to its event loop, for ever if need be.
 * The one thing that V8 does not interrupt is a loop that calls nothing but builtins. What finishes
 * after its limit has overrun as well. Costs 10 µs. What `work` throws is thrown on.
 */
export function withTimeLimit<T>(limitMs: number, work: () => T): Timed<T> {
  let timed: Timed<T> = { kind: "overran" };
  const end = performance.now() + limitMs;
  task = () => {
    try {
      const value = work();
      if (performance.now() < end) timed = { kind: "finished", value };
    } finally {
      // Too late to be sure to be out of here before the timer strikes: it is waited for.
      while (performance.now() >= end) Atomics.wait(idle, 0, 0, MARGIN_MS);
    }
  };
  try {
    script.runInThisContext({ timeout: Math.ceil(limitMs) + MARGIN_MS });
  } catch (error) {
    if (!isTimeout(error)) throw error;
  } finally {
    task = () => {};
  }
  return timed;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
