import type { Logger } from "@logtape/logtape";
import type { Bus } from "../bus/bus.ts";
import type { Sql } from "../database/postgres_client.ts";
import type { NodeReport, Queue } from "../queue/queue.ts";
import { newestFailure } from "../database/newest_failure.ts";
import { toError } from "../runtime/errors.ts";
import { inSnakeCase } from "../runtime/snake_case.ts";
import type { GroupShare } from "../status/breakdown_recorder.ts";
import { createHistogram } from "../wire/histogram.ts";
import type { SummedReport } from "../wire/node_sums.ts";
import { createBatchRunner } from "./batch.ts";
import { createQueueReconciler } from "./queue_reconciler.ts";
import { createConsumer } from "./consumer.ts";
import { createPause } from "./node_pause.ts";
import { createWorkerPool } from "./worker_pool.ts";
import type { Outages } from "../runtime/outages.ts";
import { createRescuer } from "./rescuer.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import type { SettingsStore } from "./settings_store.ts";
import { settingsVersion } from "./settings_version.ts";
import { createSettledFigures } from "./settled_figures.ts";
import type { SettledReport } from "./settled_report.ts";
import { createSettler } from "./settler.ts";

export interface ProcessorParts {
  node: string;
  role: "all" | "worker";
  sql: Sql;
  queue: Queue;
  bus: Bus;
  settings: SettingsStore;
  logger: Logger;
  events: Pick<EventRecorder, "record">;
  outages: Outages;
  /** The cluster's day, `YYYYMMDD`, today or a number of days ago. */
  day: (daysAgo?: number) => string;
  /** The database's time, ms since the epoch. */
  now: () => number;
  /** Whether marked articles are harmful, for tests. */
  poison: boolean;
  /** Called with what each settlement did, by group. */
  onShares: (shares: GroupShare[]) => void;
  /** Called when there is a change to report. */
  onChange: () => void;
  /** Called when only the number of articles in flight has changed. */
  onInFlight: () => void;
}

/** The processing part of a node: rescuer, workers and consumer, with their report. */
export interface Processor extends AsyncDisposable {
  /** Returns ids that a previous run left active, then starts to take. */
  start(): Promise<void>;
  describe(): NodeReport;
  /** Wakes the consumer immediately: an outage started or ended. */
  wake(): void;
  /** Graceful shutdown: stops taking, finishes or returns articles, and empties the node's active set. */
  stop(): Promise<void>;
}

export function createProcessor(parts: ProcessorParts): Processor {
  const { node, sql, queue, settings, logger, outages } = parts;
  const startedAt = parts.now();
  const timing = { wait: createHistogram(), run: createHistogram() };
  const figures = createSettledFigures({ logger, now: parts.now });

  const pool = createWorkerPool({
    size: settings.current().concurrency,
    timeLimitMs: settings.current().time_limit_seconds * 1_000,
    poison: parts.poison,
    now: parts.now,
    onWorkerChange: parts.onChange,
  });
  const settler = createSettler({
    node,
    sql,
    queue,
    day: parts.day,
    retryMax: () => settings.current().retry_max,
    random: Math.random,
    logger,
    outages,
    onReport: onSettled,
  });
  const pause = createPause({ node, bus: parts.bus, logger, onChange: onPauseChange });
  const consumer = createConsumer({
    node,
    queue,
    logger,
    settings: settings.current,
    paused: pause.paused,
    quarantined: pool.held,
    runBatch: createBatchRunner({
      sql,
      pool,
      settler,
      outages,
      settings: settings.current,
      timing,
    }),
    outages,
    onChange: onConsumerChange,
  });
  const rescuer = createRescuer({
    sql,
    queue,
    logger,
    events: parts.events,
    outages,
    day: parts.day,
    onRescued: consumer.wake,
  });

  const reconciler = createQueueReconciler({
    sql,
    queue,
    logger,
    now: parts.now,
    onFound: consumer.wake,
  });

  function onSettled(report: SettledReport) {
    parts.onShares(report.groups);
    figures.add(report);
    parts.onChange();
  }

  function onConsumerChange() {
    if (consumer.inFlight() === 0) figures.logProcessed();
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

  /** Whether this node takes articles, according to the desired state and the servers. */
  const isRunning = () =>
    settings.current().enabled && !pause.paused() && stopped === null &&
    outages.away().length === 0;

  let stopped: Promise<void> | null = null;
  async function stop() {
    unsubscribe?.();
    await following?.[Symbol.asyncDispose]();
    await reconciler.stop();
    await rescuer.stop();
    await consumer.stop();
    await pool.stop();
    await returnUnfinished(parts);
  }

  let unsubscribe: (() => void) | null = null;
  let following: AsyncDisposable | null = null;
  return {
    async start() {
      following = await pause.follow();
      figures.recall(await newestFailure(sql));
      await queue.requeueActive(node);
      await rescuer.round();
      rescuer.start();
      reconciler.start();
      consumer.start();
      unsubscribe = settings.onChange(applySettings);
    },
    describe: () => ({
      node,
      role: parts.role,
      running: isRunning(),
      workers: stopped === null ? pool.workers().length : 0,
      in_flight: consumer.inFlight(),
      speed: figures.speed(),
      last_error: figures.lastError(),
      detail: {
        started_at: startedAt,
        cores: navigator.hardwareConcurrency,
        paused: pause.paused(),
        settings: settingsVersion(settings.current()),
        memory_bytes: Deno.memoryUsage().rss,
        ...figures.counts(),
        wait: timing.wait.read(),
        run: timing.run.read(),
        stages: { ...figures.stages(), restart_ms: pool.restarts().ms },
        restarts: pool.restarts().count,
        outages: outages.away().map(({ server }) => server),
        outage_reasons: Object.fromEntries(
          outages.away().map(({ server, reason }) => [server, reason]),
        ),
        worker_rows: inSnakeCase(pool.workers()),
        quarantine: pool.quarantined(),
      } satisfies NodeReport["detail"] & SummedReport,
    }),
    wake: consumer.wake,
    stop: () => stopped ??= stop(),
    [Symbol.asyncDispose]: () => stopped ??= stop(),
  };
}

/** Returns the articles that the node still holds to the queue, without counting a try. */
async function returnUnfinished({ node, queue, logger }: ProcessorParts) {
  try {
    const left = await queue.requeueActive(node);
    if (left === 0) return;
    logger.info("Returned {left} unfinished articles to the queue; no try was counted.", { left });
  } catch (error) {
    logger.warning(
      "Cannot return the unfinished articles; another node requeues them when the lease expires: {error}",
      { error: toError(error) },
    );
  }
}
