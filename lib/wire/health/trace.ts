import type { ProcessorStatus } from "../processor_status.ts";
import { clusterOf } from "../cluster_sums.ts";
import type { StageTimes } from "../stage_times.ts";
import { nodeFactsOf } from "./node_facts.ts";

/** The counts at one time, ms since the epoch on the broker's clock. */
export interface Point {
  at: number;
  processed: number;
  failed: number;
  pending: number;
  inFlight: number;
  retry: number;
  dead: number;
  stages: StageTimes;
}

/** The recent history that rates and health derive from: plain data, so that it can be an island's prop. */
export interface Trace {
  /** About one point per second over the last eleven seconds, oldest first; the last is the newest status. */
  readonly points: readonly Point[];
  /** When an article last finished or nothing was in progress; ms since the epoch. */
  readonly movedAt: number;
  /** Since when the broker or the database has been unreachable; null while it is reachable. */
  readonly brokerAwaySince: number | null;
  readonly databaseAwaySince: number | null;
  /** The increments of the worker restarts over the last minute, oldest first. */
  readonly restarts: readonly { at: number; total: number }[];
}

export const EMPTY_TRACE: Trace = {
  points: [],
  movedAt: 0,
  brokerAwaySince: null,
  databaseAwaySince: null,
  restarts: [],
};

const WINDOW_MS = 11_000;
const POINT_MS = 1_000;
const RESTORED_LEAST = 2_000;
const RESTORED_TIMES = 10;
const RESTARTS_MS = 60_000;
/** Statuses reach a reader on several ways, so one may be overtaken; a clock that is further back is another one. */
const OVERTAKEN_MS = 2_500;

/** Whether a status of time `at` was only overtaken by one of `newest`, in ms since the epoch. */
export function isOvertaken(at: number, newest: number): boolean {
  return at < newest && newest - at <= OVERTAKEN_MS;
}

/**
 * Returns the trace with a status appended. One that was overtaken changes nothing; one that is older still starts
 * a new trace.
 */
export function withStatus(trace: Trace, status: ProcessorStatus): Trace {
  const { at } = status;
  if (status.outages?.includes("broker")) {
    return { ...trace, movedAt: at, brokerAwaySince: trace.brokerAwaySince ?? at };
  }
  const last = trace.points.at(-1);
  if (last !== undefined && isOvertaken(at, last.at)) return trace;
  const next = pointOf(status);
  const known = last === undefined || at < last.at || isRestored(last, next, status.speed)
    ? EMPTY_TRACE
    : trace;
  const databaseAway = isDatabaseAway(status);
  const isMoving = last === undefined || known === EMPTY_TRACE || next.inFlight === 0 ||
    next.processed !== last.processed || next.failed !== last.failed ||
    !status.running || databaseAway || trace.brokerAwaySince !== null;
  return {
    points: withPoint(known.points, next),
    movedAt: isMoving ? at : known.movedAt,
    brokerAwaySince: isBrokerAway(status) ? known.brokerAwaySince ?? at : null,
    databaseAwaySince: databaseAway ? known.databaseAwaySince ?? at : null,
    restarts: withRestarts(known.restarts, at, status.worker_restarts),
  };
}

/** Whether the totals were restored after a broker lost them: no stream is that fast. */
function isRestored(last: Point, next: Point, speed: number): boolean {
  const seconds = Math.max(1, (next.at - last.at) / 1_000);
  return next.processed - last.processed > RESTORED_LEAST + RESTORED_TIMES * speed * seconds;
}

/** Whether the sender cannot reach the broker, or no node has resumed since the broker returned. */
export function isBrokerAway(status: ProcessorStatus): boolean {
  return status.outages?.includes("broker") === true ||
    !status.running && isAwayFromNode(status, "broker");
}

/** Whether a node that is alive cannot reach the database. */
export function isDatabaseAway(status: ProcessorStatus): boolean {
  return status.outages?.includes("database") === true || isAwayFromNode(status, "database");
}

function isAwayFromNode({ nodes }: ProcessorStatus, server: "broker" | "database"): boolean {
  return nodes.some((node) => !node.lost && nodeFactsOf(node).outages?.includes(server) === true);
}

function withPoint(points: readonly Point[], next: Point): readonly Point[] {
  // The newest point is the newest status; it is kept once it is a second after the previous point.
  const settled = points.length >= 2 && next.at - points.at(-2)!.at < POINT_MS
    ? points.slice(0, -1)
    : points;
  return [...settled.filter(({ at }) => next.at - at <= WINDOW_MS), next];
}

function withRestarts(restarts: Trace["restarts"], at: number, total: number): Trace["restarts"] {
  if (restarts.at(-1)?.total === total) return restarts;
  const first = restarts.findLastIndex((each) => each.at <= at - RESTARTS_MS);
  return [...restarts.slice(Math.max(0, first)), { at, total }];
}

function pointOf(status: ProcessorStatus): Point {
  return {
    at: status.at,
    processed: status.processed_total,
    failed: status.failed_total,
    pending: status.queue_pending,
    inFlight: status.in_flight,
    retry: status.queue_retry,
    dead: status.queue_dead,
    stages: clusterOf(status).stages,
  };
}

/** Worker restarts over the last minute. */
export function recentRestarts({ restarts, points }: Trace): number {
  const now = points.at(-1)?.at ?? 0;
  const base = restarts.findLast(({ at }) => at <= now - RESTARTS_MS) ?? restarts[0];
  return Math.max(0, (restarts.at(-1)?.total ?? 0) - (base?.total ?? 0));
}
