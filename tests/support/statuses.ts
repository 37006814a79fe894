import { EMPTY_TRACE, type Trace, withStatus } from "../../lib/wire/health/trace.ts";
import type { NodeStatus, ProcessorStatus } from "../../lib/wire/processor_status.ts";

/** The time of the first generated status, in ms since the epoch. */
export const BEGIN = 1_700_000_000_000;

/** A processing node, with the fields that a test overrides. */
export function nodeOf(wanted: Partial<NodeStatus> = {}): NodeStatus {
  return {
    node: "vm-1",
    role: "all",
    running: true,
    workers: 2,
    in_flight: 0,
    speed: 0,
    seen_at: BEGIN,
    lost: false,
    ...wanted,
  };
}

/** A status of one running node that has processed articles, with the fields that a test overrides. */
export function statusOf(wanted: Partial<ProcessorStatus> = {}): ProcessorStatus {
  return {
    running: true,
    workers: 2,
    queue_pending: 0,
    queue_retry: 0,
    queue_dead: 0,
    processed_total: 1_000,
    processed_today: 10,
    time_zone: "UTC",
    speed: 0,
    last_error: null,
    in_flight: 0,
    held_by_lost: 0,
    worker_restarts: 0,
    failed_total: 0,
    retried_total: 0,
    avg_processing_ms: 1,
    nodes: [nodeOf()],
    seq: 1,
    at: BEGIN,
    ...wanted,
  };
}

/** The last status and the trace of a stream, sampled once a second. */
export function watched(statuses: readonly ProcessorStatus[]) {
  const trace = statuses.reduce<Trace>(withStatus, EMPTY_TRACE);
  return { status: statuses.at(-1)!, trace, ageMs: 0 };
}

export interface Flow {
  seconds: number;
  /** Articles per second. */
  arriving: number;
  finishing: number;
  pending?: number;
  inFlight?: number;
  begin?: number;
}

/** A stream with constant rates, sampled once a second. */
export function flowing(
  { seconds, arriving, finishing, pending = 0, inFlight = 96, begin = BEGIN }: Flow,
): ProcessorStatus[] {
  return Array.from({ length: seconds + 1 }, (_, n) =>
    statusOf({
      at: begin + n * 1_000,
      seq: n,
      queue_pending: Math.max(0, Math.round(pending + (arriving - finishing) * n)),
      in_flight: inFlight,
      processed_total: 1_000 + Math.round(finishing * n),
      speed: finishing,
    }));
}
