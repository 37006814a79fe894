import type { ProcessorStatus } from "../processor_status.ts";
import { clusterOf } from "../cluster_sums.ts";
import { type Stage, STAGES } from "../stage_times.ts";
import { quarterlyGrowth, ratesOf, spentTimes, tracedSeconds } from "./rates.ts";
import { isBrokerAway, isDatabaseAway, recentRestarts, type Trace } from "./trace.ts";

/**
 * The health of the stream, with the figures for its message. Every page, the tab, the wall, the API and the
 * metrics show the same one. Times are ms since the epoch, rates articles per second.
 */
export type Health =
  /** No recent status; `at` is when the last one was assembled. */
  | { state: "gone"; at: number | null; seconds: number }
  | { state: "unknown" }
  | { state: "empty"; workers: number }
  | { state: "broker"; since: number | null }
  | { state: "database"; since: number | null }
  /** A silent node has active articles; `seconds` until they are requeued, null if unknown. */
  | { state: "lost"; node: string; held: number; seconds: number | null }
  | { state: "stopped"; waiting: number }
  | { state: "none"; waiting: number }
  | { state: "stuck"; held: number; seconds: number }
  | { state: "restarting"; restarts: number; quarantined: number }
  | { state: "behind"; waiting: number; growth: number; busiest: Busiest | null }
  /** `least` and `most` bound the seconds until the queue is empty; null while they cannot be estimated. */
  | { state: "catching"; waiting: number; least: number | null; most: number | null }
  /** `steady` is false while the backlog is large and its trend is unclear. */
  | { state: "ok"; waiting: number; oldest: number | null; steady: boolean };

export type HealthState = Health["state"];

/** The bottleneck: the slowest stage, and its share of the time from 0 to 1. */
export interface Busiest {
  stage: Stage;
  share: number;
}

export type Tone = "good" | "water" | "warning" | "danger" | "still";
export type Shape =
  | "tick"
  | "arrow"
  | "triangle"
  | "octagon"
  | "cross"
  | "pause"
  | "ring"
  | "clock";

export interface Appearance {
  tone: Tone;
  shape: Shape;
  /** Whether the mill wheel turns. */
  turns: boolean;
}

/** The appearance of each state. */
export const APPEARANCE: Readonly<Record<HealthState, Appearance>> = {
  gone: { tone: "still", shape: "clock", turns: false },
  unknown: { tone: "still", shape: "ring", turns: false },
  empty: { tone: "water", shape: "ring", turns: false },
  broker: { tone: "danger", shape: "octagon", turns: false },
  database: { tone: "danger", shape: "octagon", turns: false },
  lost: { tone: "danger", shape: "cross", turns: false },
  stopped: { tone: "still", shape: "pause", turns: false },
  none: { tone: "danger", shape: "ring", turns: false },
  stuck: { tone: "danger", shape: "octagon", turns: false },
  restarting: { tone: "warning", shape: "triangle", turns: true },
  behind: { tone: "warning", shape: "triangle", turns: true },
  catching: { tone: "water", shape: "arrow", turns: true },
  ok: { tone: "good", shape: "tick", turns: true },
};

export const HEALTH_STATES = Object.keys(APPEARANCE) as readonly HealthState[];

export interface HealthFacts {
  /** The newest status; null while none is known. */
  status: ProcessorStatus | null;
  trace: Trace;
  /** How long ago that status arrived, in ms. */
  ageMs: number;
}

/** The age at which a status is stale: one is published each second, so two are missing. */
export const FRESH_MS = 2_500;
/** In progress and nothing finished for this long is stuck. */
const STUCK_SECONDS = 30;
const MANY_RESTARTS = 5;
/** A smaller backlog is normal between batches. */
const SMALL_SECONDS = 2;
/** A smaller change relative to the speed is noise. */
const LEVEL = 0.02;
const LEAST_GROWTH = 0.2;
/** Speeds have two decimals. */
const LEAST_SPEED = 0.01;
/** How long the backlog has to grow before the stream counts as behind. */
const GROWING_SECONDS = 9;

type Known = { status: ProcessorStatus; trace: Trace };
type Rule = (known: Known) => Health | null;

/** Returns the health by the first rule that applies. */
export function healthOf({ status, trace, ageMs }: HealthFacts): Health {
  if (ageMs >= FRESH_MS) {
    return { state: "gone", at: status?.at ?? null, seconds: Math.floor(ageMs / 1_000) };
  }
  return verdictsOf(status, trace)[0]!;
}

/** Returns all current problems, the worst first; empty for a healthy stream. */
export function troublesOf({ status, trace, ageMs }: HealthFacts): Health[] {
  if (ageMs >= FRESH_MS || status === null) return [];
  return verdictsOf(status, trace).filter(({ state }) => !CALM.includes(state));
}

const CALM: readonly HealthState[] = ["unknown", "empty", "catching", "ok"];

function verdictsOf(status: ProcessorStatus | null, trace: Trace): Health[] {
  if (status === null) return [{ state: "unknown" }];
  const verdicts = RULES.map((rule) => rule({ status, trace }));
  return verdicts.filter((verdict) => verdict !== null);
}

/** The rules in order; the last always applies. */
const RULES: readonly Rule[] = [
  unknown,
  empty,
  broker,
  database,
  lost,
  stopped,
  none,
  stuck,
  restarting,
  behind,
  catching,
  ok,
];

function unknown({ status }: Known): Health | null {
  const isSilent = status.nodes.length === 0 && waitingIn(status) === 0 && !isBrokerAway(status);
  return isSilent ? { state: "unknown" } : null;
}

function empty({ status }: Known): Health | null {
  const { queue_pending, queue_retry, queue_dead, in_flight, processed_total, workers } = status;
  const known = queue_pending + queue_retry + queue_dead + in_flight + processed_total;
  if (known > 0 || !status.running || isBrokerAway(status)) return null;
  return { state: "empty", workers };
}

function broker({ status, trace }: Known): Health | null {
  return isBrokerAway(status) ? { state: "broker", since: trace.brokerAwaySince } : null;
}

function database({ status, trace }: Known): Health | null {
  return isDatabaseAway(status) ? { state: "database", since: trace.databaseAwaySince } : null;
}

function lost({ status }: Known): Health | null {
  const holding = status.nodes.filter((node) => node.lost && node.in_flight > 0);
  const most = holding.toSorted((a, b) => b.in_flight - a.in_flight)[0];
  if (most === undefined) return null;
  const until = most.lease_until ?? null;
  const seconds = until === null ? null : Math.max(0, Math.ceil((until - status.at) / 1_000));
  return { state: "lost", node: most.node, held: most.in_flight, seconds };
}

function stopped({ status }: Known): Health | null {
  // During an outage, no node runs either, and each resumes by itself.
  if (isBrokerAway(status) || isDatabaseAway(status)) return null;
  const isThere = clusterOf(status).processing > 0;
  return !status.running && isThere ? { state: "stopped", waiting: status.queue_pending } : null;
}

function none({ status }: Known): Health | null {
  return status.workers === 0 ? { state: "none", waiting: status.queue_pending } : null;
}

function stuck({ status, trace }: Known): Health | null {
  const seconds = Math.floor((status.at - trace.movedAt) / 1_000);
  if (status.in_flight === 0 || seconds < STUCK_SECONDS) return null;
  return { state: "stuck", held: status.in_flight, seconds };
}

function restarting({ status, trace }: Known): Health | null {
  const restarts = recentRestarts(trace);
  if (restarts < MANY_RESTARTS) return null;
  return { state: "restarting", restarts, quarantined: clusterOf(status).quarantined };
}

function behind({ status, trace }: Known): Health | null {
  const rates = ratesOf(trace);
  if (rates === null || isSmall(status) || tracedSeconds(trace) < GROWING_SECONDS) return null;
  const least = leastChange(status);
  const quarters = quarterlyGrowth(trace);
  const isGrowing = rates.growth > least && (quarters.at(-1) ?? 0) > -least &&
    quarters.filter((growth) => growth > least).length >= 3;
  if (!isGrowing) return null;
  const { growth } = rates;
  return { state: "behind", waiting: status.queue_pending, growth, busiest: busiestOf(trace) };
}

function catching({ status, trace }: Known): Health | null {
  const { queue_pending: waiting, speed } = status;
  if (isSmall(status)) return null;
  if (ratesOf(trace) === null) {
    const seconds = speed >= LEAST_SPEED ? waiting / speed : null;
    return { state: "catching", waiting, least: seconds, most: seconds };
  }
  const [third = 0, fourth = 0] = quarterlyGrowth(trace).slice(-2);
  const lately = -(third + fourth) / 2;
  if (lately <= leastChange(status)) return null;
  const overall = -(ratesOf(trace)?.growth ?? 0);
  const drains = overall > lately / 2 ? [lately, overall] : [lately];
  return {
    state: "catching",
    waiting,
    least: waiting / Math.max(...drains),
    most: waiting / Math.min(...drains),
  };
}

function ok({ status, trace }: Known): Health {
  const { growth = 0, finishing = 0 } = ratesOf(trace) ?? {};
  const isLevel = finishing > 0 && Math.abs(growth) <= leastChange(status);
  const steady = isSmall(status) || isLevel;
  return { state: "ok", waiting: status.queue_pending, oldest: oldestSeconds(status), steady };
}

/** How long the article that has waited longest has waited, in seconds; null when nothing waits. */
export function oldestSeconds(status: ProcessorStatus): number | null {
  if (status.queue_pending + status.in_flight === 0) return null;
  const oldest = clusterOf(status).oldest_at;
  return oldest === null ? null : Math.max(0, (status.at - oldest) / 1_000);
}

function waitingIn({ queue_pending, queue_retry, in_flight }: ProcessorStatus): number {
  return queue_pending + queue_retry + in_flight;
}

function isSmall({ queue_pending, speed }: ProcessorStatus): boolean {
  return queue_pending === 0 || queue_pending <= SMALL_SECONDS * speed;
}

function leastChange({ speed }: ProcessorStatus): number {
  return Math.max(LEVEL * speed, LEAST_GROWTH);
}

/** The stage that takes at least half of the time. */
function busiestOf(trace: Trace): Busiest | null {
  const spent = spentTimes(trace);
  if (spent === null) return null;
  const total = STAGES.reduce((sum, stage) => sum + spent[`${stage}_ms`], 0);
  const shares = STAGES.map((stage) => ({ stage, share: spent[`${stage}_ms`] / total }));
  return shares.find(({ share }) => share >= 0.5) ?? null;
}
