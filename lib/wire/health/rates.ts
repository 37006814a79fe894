import { STAGES, type StageTimes } from "../stage_times.ts";
import type { Point, Trace } from "./trace.ts";

/** The throughput of the stream, in articles per second over the last ten seconds. */
export interface Rates {
  arriving: number;
  finishing: number;
  failing: number;
  /** The growth of the backlog (waiting and in progress); negative while it shrinks. */
  growth: number;
}

/** A rate over a shorter time is noise. */
const LEAST_MS = 1_500;
const QUARTERS = 4;

/** Returns null while the trace is too short. */
export function ratesOf({ points }: Trace): Rates | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < LEAST_MS) return null;
  const seconds = (last.at - first.at) / 1_000;
  // Point by point, so that cleared dead letters do not reduce the arrivals.
  const arrived = steps(points, (from, to) => Math.max(0, knownAt(to) - knownAt(from)));
  return {
    arriving: arrived / seconds,
    finishing: Math.max(0, last.processed - first.processed) / seconds,
    failing: Math.max(0, last.failed - first.failed) / seconds,
    growth: (backlogAt(last) - backlogAt(first)) / seconds,
  };
}

/** The change of the backlog in each quarter of the trace, in articles per second, oldest first. */
export function quarterlyGrowth({ points }: Trace): number[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.at === first.at) return [];
  const lengthMs = (last.at - first.at) / QUARTERS;
  const depths = Array.from(
    { length: QUARTERS + 1 },
    (_, n) => depthAt(points, first.at + n * lengthMs),
  );
  return depths.slice(1).map((depth, n) => (depth - depths[n]!) / (lengthMs / 1_000));
}

/** The length of the trace, in seconds. */
export function tracedSeconds({ points }: Trace): number {
  return points.length === 0 ? 0 : (points.at(-1)!.at - points[0]!.at) / 1_000;
}

/** The time that all nodes spent in each stage over the trace; null when there was none. */
export function spentTimes({ points }: Trace): StageTimes | null {
  const spent: StageTimes = { load_ms: 0, clean_ms: 0, annotate_ms: 0, save_ms: 0, restart_ms: 0 };
  for (const stage of STAGES) {
    const name = `${stage}_ms` as const;
    // A node that starts again counts from zero.
    spent[name] = steps(points, (from, to) => Math.max(0, to.stages[name] - from.stages[name]));
  }
  return STAGES.some((stage) => spent[`${stage}_ms`] > 0) ? spent : null;
}

function steps(points: readonly Point[], change: (from: Point, to: Point) => number): number {
  return points.slice(1).reduce((sum, to, n) => sum + change(points[n]!, to), 0);
}

function backlogAt({ pending, inFlight }: Point): number {
  return pending + inFlight;
}

/** All articles that were counted and not cleared. */
function knownAt(point: Point): number {
  return point.processed + backlogAt(point) + point.retry + point.dead;
}

/** The backlog at a moment, interpolated between two points. */
function depthAt(points: readonly Point[], at: number): number {
  const after = points.findIndex((point) => point.at >= at);
  const to = points[after === -1 ? points.length - 1 : after]!;
  const from = points[Math.max(0, after - 1)]!;
  if (to.at === from.at) return backlogAt(to);
  const share = (at - from.at) / (to.at - from.at);
  return backlogAt(from) + share * (backlogAt(to) - backlogAt(from));
}
