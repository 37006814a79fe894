import type { Logger } from "@logtape/logtape";
import type { Bus } from "../bus/bus.ts";
import type { Sql } from "../database/postgres_client.ts";
import type { NodeReport, Queue } from "../queue/queue.ts";
import { newestFailure } from "../database/newest_failure.ts";
import { toError } from "../runtime/errors.ts";
import type { GroupShare } from "../status/breakdown_recorder.ts";
import { createHistogram } from "../wire/histogram.ts";
import { createBatchRunner } from "./batch.ts";
import { createQueueReconciler } from "./queue_reconciler.ts";
import { createConsumer } from "./consumer.ts";
import { createPause } from "./node_pause.ts";
import { nodeReport } from "./node_report.ts";
import { createWorkerPool, type WorkerPool } from "./worker_pool.ts";
import type { Outages } from "../runtime/outages.ts";
import { createRescuer } from "./rescuer.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import type { SettingsStore } from "./settings_store.ts";
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
  const { node, sql, queue, settings, logger, outages, day, now } = parts;
  const servers = { sql, queue, logger, outages };
  const timing = { wait: createHistogram(), run: createHistogram() };
  const figures = createSettledFigures({ logger, now });

  const pool = openPool(parts);
  const about = { node, role: parts.role, startedAt: now(), figures, timing, pool, outages };
  const settler = createSettler({
    ...servers,
    node,
    day,
    retryMax: () => settings.current().retry_max,
    random: Math.random,
    onReport: onSettled,
  });
  const pause = createPause({ node, bus: parts.bus, logger, onChange: wakeAndReport });
  const consumer = createConsumer({
    ...servers,
    node,
    settings: settings.current,
    paused: pause.paused,
    quarantined: pool.held,
    runBatch: createBatchRunner({ ...servers, pool, settler, settings: settings.current, timing }),
    onChange: onConsumerChange,
  });
  const { wake } = consumer;
  const rescuer = createRescuer({ ...servers, events: parts.events, day, onRescued: wake });
  const reconciler = createQueueReconciler({ ...servers, now, onFound: wake });

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
    wakeAndReport();
  }

  function wakeAndReport() {
    wake();
    parts.onChange();
  }

  /** Whether this node takes articles, according to the desired state and the servers. */
  function isRunning() {
    const isWanted = settings.current().enabled && !pause.paused();
    return isWanted && stopped === null && outages.away().length === 0;
  }

  /** What calls this node about its pause and its settings. */
  const following = new AsyncDisposableStack();
  let stopped: Promise<void> | null = null;
  async function stop() {
    await following.disposeAsync();
    await reconciler.stop();
    await rescuer.stop();
    await consumer.stop();
    await pool.stop();
    await returnUnfinished(parts);
  }

  return {
    async start() {
      following.use(await pause.follow());
      figures.recall(await newestFailure(sql));
      await queue.requeueActive(node);
      await rescuer.round();
      rescuer.start();
      reconciler.start();
      consumer.start();
      following.defer(settings.onChange(applySettings));
    },
    describe: () =>
      nodeReport({
        ...about,
        running: isRunning(),
        in_flight: consumer.inFlight(),
        paused: pause.paused(),
        stopped: stopped !== null,
        settings: settings.current(),
      }),
    wake,
    stop: () => stopped ??= stop(),
    [Symbol.asyncDispose]: () => stopped ??= stop(),
  };
}

function openPool({ settings, poison, now, onChange }: ProcessorParts): WorkerPool {
  const { concurrency, time_limit_seconds } = settings.current();
  return createWorkerPool({
    size: concurrency,
    timeLimitMs: time_limit_seconds * 1_000,
    poison,
    now,
    onWorkerChange: onChange,
  });
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
