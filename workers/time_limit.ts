import vm from "node:vm";

let task: () => unknown = () => {};
// A script can only access globals.
Object.defineProperty(globalThis, "millraceTask", { value: () => task() });
const script = new vm.Script("millraceTask()");

/** The result of work under a time limit. */
export type Timed<T> = { kind: "finished"; value: T } | { kind: "overran" };

/** Never written to: waiting on it is a blocking sleep. */
const idle = new Int32Array(new SharedArrayBuffer(4));

/**
 * The margin of V8's timer over the limit. The timer fires late, and an interrupt after the end of
 * the script hits the code that runs next, which panics Deno and ends the process.
 */
const MARGIN_MS = 100;

/**
 * Runs `work` and interrupts it shortly after `limitMs`, even in an endless loop. A worker has to do this itself, since
 * `terminate()` waits until it returns to its event loop, without a timeout. V8 cannot interrupt a loop that only calls
 * builtins. Work that finishes after the limit also counts as overrun. Costs 10 µs. Rethrows what `work` throws.
 */
export function withTimeLimit<T>(limitMs: number, work: () => T): Timed<T> {
  let timed: Timed<T> = { kind: "overran" };
  const end = performance.now() + limitMs;
  task = () => {
    try {
      const value = work();
      if (performance.now() < end) timed = { kind: "finished", value };
    } finally {
      // Too close to the timer to return safely before it fires, so wait for it.
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

/** As `withTimeLimit`, but a result after the limit counts, too. Returns null if V8 interrupted the work. */
export function unlessInterrupted<T>(limitMs: number, work: () => T): T | null {
  let value: T | null = null;
  withTimeLimit(limitMs, () => value = work());
  return value;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
