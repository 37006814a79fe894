import type { AlertMeasure } from "../wire/alerts.ts";
import { clusterOf } from "../wire/cluster_sums.ts";
import { oldestSeconds } from "../wire/health/health.ts";
import type { ProcessorStatus } from "../wire/processor_status.ts";

/** The window of the failure rate. */
const RATE_MS = 5 * 60_000;
/** The minimum number of tries for a meaningful rate. */
const LEAST_TRIES = 20;

interface Counts {
  at: number;
  processed: number;
  failed: number;
}

/** The history of statuses that the measures need. */
export interface MeasureTrail {
  /** One per second for five minutes, oldest first. */
  counts: readonly Counts[];
  /** When an article last finished, or nothing was in flight, ms. */
  movedAt: number;
}

export const NO_TRAIL: MeasureTrail = { counts: [], movedAt: 0 };

/** Returns the trail with a status appended. */
export function extendTrail(trail: MeasureTrail, status: ProcessorStatus): MeasureTrail {
  const { at } = status;
  const last = trail.counts.at(-1);
  const now = { at, processed: status.processed_total, failed: status.failed_total };
  const moved = last === undefined || status.in_flight === 0 ||
    now.processed > last.processed || now.failed > last.failed;
  const kept = trail.counts.filter((counts) => at - counts.at <= RATE_MS);
  const isNews = last === undefined || at - last.at >= 1_000;
  return {
    counts: isNews || moved ? [...kept, now] : kept,
    movedAt: moved ? at : trail.movedAt,
  };
}

/** Returns every measure at the time of a status; null if unknown. */
export function readMeasures(
  trail: MeasureTrail,
  status: ProcessorStatus,
): Record<AlertMeasure, number | null> {
  const away = unavailable(status);
  const known = (value: number | null) => away > 0 ? null : value;
  return {
    dead_letters: known(status.queue_dead),
    backlog: known(status.queue_pending + status.in_flight),
    failure_rate: known(failureRate(trail)),
    oldest_wait: known(oldestSeconds(status) ?? 0),
    stuck: known(status.in_flight > 0 && status.running ? (status.at - trail.movedAt) / 1_000 : 0),
    nodes_lost: known(clusterOf(status).lost),
    difference: known(status.comparison?.missing ?? 0),
    unavailable: away,
  };
}

/** Returns the number of servers that some node cannot reach. */
function unavailable({ outages = [], nodes }: ProcessorStatus): number {
  const reported = nodes.flatMap((node) => Array.isArray(node.outages) ? node.outages : []);
  return new Set([...outages, ...reported]).size;
}

/** Returns the failure rate of the last minutes, in percent. */
function failureRate({ counts }: MeasureTrail): number {
  const [first, last] = [counts.at(0), counts.at(-1)];
  if (first === undefined || last === undefined) return 0;
  return rateOf(first, last);
}

/** Returns the percentage of failed tries between two samples; 0 if there were too few. */
export function rateOf(first: Omit<Counts, "at">, last: Omit<Counts, "at">): number {
  const failed = last.failed - first.failed;
  const tries = last.processed - first.processed + failed;
  return tries < LEAST_TRIES ? 0 : failed / tries * 100;
}
