import type { Sample } from "./sample.ts";
import { databaseShare, type StageTimes } from "./stages.ts";
import type { Condition } from "./status_model.ts";

/** Whether the stream keeps up with what comes in, and if not, what takes the time. */
export type Outlook =
  | { kind: Exclude<Condition, "running"> }
  | { kind: "no worker" }
  /** Nothing waits. */
  | { kind: "idle" }
  /** As much goes out as comes in. */
  | { kind: "keeping up" }
  /** The backlog shrinks; it will be empty in between so many seconds. */
  | { kind: "catching up"; least: number; most: number }
  /** The backlog grows by so many articles a second. */
  | { kind: "falling behind"; growth: number; busiest: Busiest | null }
  /** Too little is known yet. */
  | { kind: "working" };

/** What takes the largest part of the time, and how large it is, from 0 to 1. */
export interface Busiest {
  part: "database" | "workers";
  share: number;
}

export interface OutlookFacts {
  condition: Condition;
  nodes: number;
  workers: number;
  pending: number;
  /** Articles a second, over the last seconds. */
  speed: number;
  /** The last minutes, oldest first, up to `now`. */
  samples: readonly Sample[];
  now: number;
  /** The time lately spent in each stage. */
  spent: StageTimes | null;
}

/** The recent past that the outlook goes by, and the pieces it is cut into for its range, in ms. */
const PAST_MS = 60_000;
const PIECE_MS = 15_000;
/** Less than this is what a batch leaves behind, not a trend. */
const STEADY_SECONDS = 2;
/** A part of the speed: a backlog that changes by less neither grows nor shrinks. */
const LEVEL = 0.02;

export function outlookOf(facts: OutlookFacts): Outlook {
  const { condition, workers, pending, speed } = facts;
  // Without a node nothing runs either; that is the worse news.
  const nobody = condition === "stopped" && facts.nodes === 0;
  if (nobody || (condition === "running" && workers === 0)) return { kind: "no worker" };
  if (condition !== "running") return { kind: condition };
  if (pending === 0) return { kind: "idle" };
  const drains = drainsOf(facts);
  if (drains.length === 0) {
    if (speed === 0) return { kind: "working" };
    return { kind: "catching up", least: pending / speed, most: pending / speed };
  }
  const mean = drains.reduce((sum, each) => sum + each, 0) / drains.length;
  const steady = pending <= STEADY_SECONDS * speed || Math.abs(mean) < LEVEL * speed;
  if (steady) return { kind: "keeping up" };
  if (mean < 0) return { kind: "falling behind", growth: -mean, busiest: busiestOf(facts.spent) };
  if (mean === 0) return { kind: "working" };
  const fastest = Math.max(...drains);
  // A piece in which it grew says nothing of when it will be empty; the mean bounds that.
  const slowest = Math.max(Math.min(...drains), mean / 2);
  return { kind: "catching up", least: pending / fastest, most: pending / slowest };
}

/** How many articles a second the backlog lost, in each piece of the last minute. */
function drainsOf({ samples, now, pending }: OutlookFacts): number[] {
  const drains: number[] = [];
  let later = { at: now, pending };
  for (let end = now - PIECE_MS; end >= now - PAST_MS; end -= PIECE_MS) {
    const here = samples.findLast(({ at }) => at <= end);
    if (here === undefined) break;
    drains.push((here.pending - later.pending) / ((later.at - end) / 1_000));
    later = { at: end, pending: here.pending };
  }
  return drains;
}

function busiestOf(spent: StageTimes | null): Busiest | null {
  if (spent === null) return null;
  const database = databaseShare(spent);
  return database >= 0.5
    ? { part: "database", share: database }
    : { part: "workers", share: 1 - database };
}
