import vm from "node:vm";

let task: () => unknown = () => {};
// A script can only name what is global.
Object.defineProperty(globalThis, "millraceTask", { value: () => task() });
const script = new vm.Script("millraceTask()");

/** What came of work under a time limit. */
export type Timed<T> = { kind: "finished"; value: T } | { kind: "overran" };

/**
 * Runs `work` and stops it after `limitMs`, wherever it is, an endless loop included: a worker has to
 * do this itself, for `terminate()` waits until it returns to its event loop, for ever if need be. The
 * one thing that V8 does not interrupt is a loop that calls nothing but builtins. Costs 10 µs. What
 * `work` throws is thrown on.
 */
export function withTimeLimit<T>(limitMs: number, work: () => T): Timed<T> {
  let timed: Timed<T> = { kind: "overran" };
  task = () => {
    timed = { kind: "finished", value: work() };
  };
  try {
    script.runInThisContext({ timeout: Math.max(1, Math.ceil(limitMs)) });
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
