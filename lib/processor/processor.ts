import type { Logger } from "@logtape/logtape";
import type { Bus } from "../bus/bus.ts";
import type { Sql } from "../database/client.ts";
import type { NodeReport, Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import { inSnakeCase } from "../runtime/snake_case.ts";
import { createSpeedometer } from "../status/speed.ts";
import { createBatchRunner } from "./batch.ts";
import { createConsumer } from "./consumer.ts";
import { createPause } from "./pause.ts";
import { createWorkerPool } from "./pool.ts";
import { createOutages } from "./outages.ts";
import { createRescuer } from "./rescuer.ts";
import type { SettingsStore } from "./settings_store.ts";
import { settingsVersion } from "./settings_version.ts";
import { createSettler, type SettledReport } from "./settler.ts";

/** Under load the log speaks of what was processed this often, not of each batch. */
const TELL_MS = 1_000;

export interface ProcessorParts {
  node: string;
  role: "all" | "worker";
  sql: Sql;
  queue: Queue;
  bus: Bus;
  settings: SettingsStore;
  logger: Logger;
  /** Lets marked articles do harm, for tests. */
  poison: boolean;
  /** Told when there is something new to report. */
  onChange: () => void;
  /** Told when only the number of articles in flight is new. */
  onInFlight: () => void;
}

/** What a node processes with: rescuer, workers and consumer, and what there is to say of them. */
export interface Processor extends AsyncDisposable {
  /** Returns what an earlier life left behind, then starts to take. */
  start(): Promise<void>;
  describe(): NodeReport;
  /** Stops to take, finishes or gives back, and leaves nothing in the node's active set. */
  stop(): Promise<void>;
}

export function createProcessor(parts: ProcessorParts): Processor {
  const { node, sql, queue, settings, logger } = parts;
  const speed = createSpeedometer(() => performance.now());
  const startedAt = Date.now();
  const stages = { load_ms: 0, clean_ms: 0, annotate_ms: 0, save_ms: 0 };
  const counts = { processed: 0, failed: 0 };
  let lastError: NodeReport["last_error"] = null;
  let untold = 0;
  let toldAt = 0;

  const pool = createWorkerPool({
    size: settings.current().concurrency,
    timeLimitMs: settings.current().time_limit_seconds * 1_000,
    poison: parts.poison,
    onWorkerChange: parts.onChange,
  });
  const settler = createSettler({
    node,
    sql,
    queue,
    retryMax: () => settings.current().retry_max,
    random: Math.random,
    onSettled,
  });
  const outages = createOutages({
    logger,
    onChange() {
      consumer.wake();
      parts.onChange();
    },
  });
  const pause = createPause({ node, bus: parts.bus, logger, onChange: onPauseChange });
  const consumer = createConsumer({
    node,
    queue,
    logger,
    settings: settings.current,
    paused: pause.paused,
    runBatch: createBatchRunner({ sql, pool, settler, settings: settings.current }),
    outages,
    onChange: onConsumerChange,
  });
  const rescuer = createRescuer({ sql, queue, logger, outages, onRescued: consumer.wake });

  function onSettled({ processed, failures, stages: spent }: SettledReport) {
    speed.add(processed);
    counts.processed += processed;
    counts.failed += failures.length;
    stages.load_ms += spent.loadMs;
    stages.clean_ms += spent.cleanMs;
    stages.annotate_ms += spent.annotateMs;
    stages.save_ms += spent.saveMs;
    untold += processed;
    if (performance.now() - toldAt > TELL_MS) tellProcessed();
    for (const { id, message, tries, state, dueInMs } of failures) {
      lastError = { message, at: Date.now() };
      if (state === "dead") {
        logger.error("Article {article} is a dead letter, failed {times}: {message}", {
          article: id,
          times: tries === 1 ? "once" : `${tries} times`,
          message,
        });
      } else {
        logger.warning("Article {article} failed, try {tries}; again in {seconds} s: {message}", {
          article: id,
          tries,
          seconds: Math.round(dueInMs / 100) / 10,
          message,
        });
      }
    }
    parts.onChange();
  }

  function tellProcessed() {
    if (untold > 0) logger.info("Processed {count} articles.", { count: untold });
    untold = 0;
    toldAt = performance.now();
  }

  function onConsumerChange() {
    if (consumer.inFlight() === 0) tellProcessed();
    parts.onInFlight();
  }

  function applySettings() {
    const { concurrency, time_limit_seconds } = settings.current();
    pool.resize(concurrency);
    pool.setTimeLimit(time_limit_seconds * 1_000);
    consumer.wake();
    parts.onChange();
  }

  function onPauseChange() {
    consumer.wake();
    parts.onChange();
  }

  /** Whether this node takes articles, as far as it is up to the operator and the servers. */
  const isRunning = () =>
    settings.current().enabled && !pause.paused() && stopped === null &&
    outages.away().length === 0;

  let stopped: Promise<void> | null = null;
  async function stop() {
    unsubscribe?.();
    await following?.[Symbol.asyncDispose]();
    await rescuer.stop();
    await consumer.stop();
    await pool.stop();
    try {
      const left = await queue.giveBack(node);
      if (left > 0) logger.info("Gave back {left} unfinished articles, untried.", { left });
    } catch (error) {
      logger.warning("The unfinished articles come back when the lease ends: {error}", {
        error: toError(error),
      });
    }
  }

  let unsubscribe: (() => void) | null = null;
  let following: AsyncDisposable | null = null;
  return {
    async start() {
      following = await pause.follow();
      await queue.giveBack(node);
      await rescuer.round();
      rescuer.start();
      consumer.start();
      unsubscribe = settings.onChange(applySettings);
    },
    describe: () => ({
      node,
      role: parts.role,
      running: isRunning(),
      workers: stopped === null ? pool.workers().length : 0,
      in_flight: consumer.inFlight(),
      speed: speed.perSecond(),
      last_error: lastError,
      detail: {
        started_at: startedAt,
        cores: navigator.hardwareConcurrency,
        paused: pause.paused(),
        settings: settingsVersion(settings.current()),
        memory_bytes: Deno.memoryUsage().rss,
        processed: counts.processed,
        failed: counts.failed,
        stages: { ...stages },
        outages: outages.away(),
        worker_rows: inSnakeCase(pool.workers()),
        quarantine: pool.quarantined(),
      },
    }),
    stop: () => stopped ??= stop(),
    [Symbol.asyncDispose]: () => stopped ??= stop(),
  };
}
