import type { ExplainReply, ExplainResults, ExplainTask } from "../../workers/explain_protocol.ts";
import { toError } from "../runtime/errors.ts";
import { type ConfinedThread, createConfinedThreads } from "./confined_thread.ts";

/** The time limit per article; a page waits for it. */
const LIMIT_MS = 5_000;
/** The margin after the task's own limit before the thread is terminated; a busy machine starts one slowly. */
const GRACE_MS = 15_000;
/** The heap limit in MB, as in quarantine. */
const HEAP_MB = 512;
/** The maximum number of queued tasks. */
const MOST_WAITING = 64;

/** Computes previews and explanations for pages, off the event loop and with limits of time and memory. */
export interface Explainer extends AsyncDisposable {
  /** Returns the task's result; null when it exceeds a limit, or the queue is full. */
  run<Task extends ExplainTask>(task: Task): Promise<ExplainResults[Task["kind"]] | null>;
}

interface Waiting {
  resolve(result: ExplainResults[keyof ExplainResults] | null): void;
  reject(error: Error): void;
}

/**
 * Explains articles sequentially in a dedicated thread, which starts with the first task. A thread that
 * crashed or hangs is replaced for the next task.
 */
export function createExplainer(): Explainer {
  const threads = createConfinedThreads();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let thread: ConfinedThread | null = null;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  function start(): ConfinedThread {
    const started = threads.start("explain", { heapMb: HEAP_MB, onMessage: receive });
    started.ended.then(() => lose(started));
    return started;
  }

  function receive(reply: ExplainReply) {
    const task = waiting.get(reply.id);
    waiting.delete(reply.id);
    watch();
    if (reply.type === "done") task?.resolve(reply.result);
    else if (reply.type === "overran") task?.resolve(null);
    else task?.reject(new Error(`Cannot explain the article: ${reply.message}`));
  }

  /** Terminates the thread: its current task exceeds a limit, and the queued ones fail with it. */
  function lose(lost: ConfinedThread) {
    if (lost !== thread) return;
    thread = null;
    clearTimeout(watchdog);
    for (const { resolve } of waiting.values()) resolve(null);
    waiting.clear();
    lost.terminate();
  }

  /** Restarts the timeout for the first task in the queue. */
  function watch() {
    clearTimeout(watchdog);
    const watched = thread;
    if (waiting.size === 0 || watched === null) return;
    watchdog = setTimeout(() => lose(watched), LIMIT_MS + GRACE_MS);
  }

  return {
    run<Task extends ExplainTask>(task: Task) {
      if (waiting.size >= MOST_WAITING) return Promise.resolve(null);
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<
        ExplainResults[Task["kind"]] | null
      >();
      // The result's type matches the task's kind, by the switch in the thread.
      waiting.set(id, {
        resolve: (result) => resolve(result as ExplainResults[Task["kind"]]),
        reject,
      });
      try {
        thread ??= start();
        thread.post({ id, task, limitMs: LIMIT_MS });
        if (waiting.size === 1) watch();
      } catch (error) {
        waiting.delete(id);
        reject(toError(error));
      }
      return promise;
    },
    async [Symbol.asyncDispose]() {
      const ending = thread;
      if (ending === null) return;
      lose(ending);
      await ending.ended;
    },
  };
}
