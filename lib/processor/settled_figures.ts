import type { Logger } from "@logtape/logtape";
import type { NodeReport } from "../queue/queue.ts";
import { createThroughputMeter } from "../status/throughput.ts";
import type { SettledReport } from "./settled_report.ts";

/** The interval of log lines about processed articles under load, instead of one per batch. */
const LOG_EVERY_MS = 1_000;

/** What a node has settled since its start: counts, times, and the last error, for its report and its log. */
export interface SettledFigures {
  /** Counts a settlement and logs its failures. */
  add(report: SettledReport): void;
  /** Logs the number of articles processed since the last such line, if any. */
  logProcessed(): void;
  /** Articles per second. */
  speed(): number;
  /** Sets the last error of an earlier run, unless there is one already. */
  recall(error: NodeReport["last_error"]): void;
  lastError(): NodeReport["last_error"];
  counts(): { processed: number; failed: number; retried: number };
  /** Milliseconds in each stage, in total. */
  stages(): { load_ms: number; clean_ms: number; annotate_ms: number; save_ms: number };
}

/** `now` returns the database's time, ms since the epoch. */
export function createSettledFigures(
  { logger, now }: { logger: Logger; now: () => number },
): SettledFigures {
  const speed = createThroughputMeter(() => performance.now());
  const counts = { processed: 0, failed: 0, retried: 0 };
  const stages = { load_ms: 0, clean_ms: 0, annotate_ms: 0, save_ms: 0 };
  let lastError: NodeReport["last_error"] = null;
  let unlogged = 0;
  let loggedAt = 0;

  function logProcessed() {
    if (unlogged > 0) logger.info("Processed {count} articles.", { count: unlogged });
    unlogged = 0;
    loggedAt = performance.now();
  }

  return {
    add({ processed, failures, stages: spent }) {
      speed.add(processed);
      counts.processed += processed;
      counts.failed += failures.length;
      counts.retried += failures.filter(({ state }) => state === "retry").length;
      stages.load_ms += spent.loadMs;
      stages.clean_ms += spent.cleanMs;
      stages.annotate_ms += spent.annotateMs;
      stages.save_ms += spent.saveMs;
      unlogged += processed;
      if (performance.now() - loggedAt > LOG_EVERY_MS) logProcessed();
      for (const failure of failures) {
        lastError = { message: failure.message, at: now() };
        logFailure(logger, failure);
      }
    },
    logProcessed,
    speed: () => speed.perSecond(),
    recall(error) {
      lastError ??= error;
    },
    lastError: () => lastError,
    counts: () => ({ ...counts }),
    stages: () => ({ ...stages }),
  };
}

function logFailure(
  logger: Logger,
  { id, message, tries, state, dueInMs }: SettledReport["failures"][number],
) {
  if (state === "dead") {
    logger.error(
      "Article {article} failed, try {tries}, and is now a dead letter: {message}",
      { article: id, tries, message },
    );
  } else {
    logger.warning(
      "Article {article} failed, try {tries}; next try in {seconds} s: {message}",
      { article: id, tries, seconds: Math.round(dueInMs / 100) / 10, message },
    );
  }
}
