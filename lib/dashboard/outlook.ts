import { type Sample, stepOf } from "./sample.ts";
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
  /** The last minutes, oldest first, up to `now`; each tells how its step ended. */
  samples: readonly Sample[];
  /** How long the steps are, in seconds. */
  step: number;
  now: number;
  /** The time lately spent in each stage. */
  spent: StageTimes | null;
}

/** The recent past that the outlook goes by, in ms. */
const PAST_MS = 60_000;
/** Less than this is what a batch leaves behind, not a trend. */
const STEADY_SECONDS = 2;
/** A part of the speed: a backlog that changes by less neither grows nor shrinks. */
const LEVEL = 0.02;
/** A part of the speed: a step that goes the other way by less is chance. */
const TURN = 0.25;

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
  const level = Math.abs(meanOf(drains)) < LEVEL * speed;
  const steady = level || pending <= STEADY_SECONDS * speed;
  if (steady) return { kind: "keeping up" };
  const trend = newestTrend(drains, TURN * speed);
  const change = meanOf(trend);
  if (change === 0) return { kind: "working" };
  if (change < 0) {
    return { kind: "falling behind", growth: -change, busiest: busiestOf(facts.spent) };
  }
  const fastest = Math.max(...trend);
  // The step of a turn says little of when the backlog will be empty; the mean bounds that.
  const slowest = Math.max(Math.min(...trend), change / 2);
  return { kind: "catching up", least: pending / fastest, most: pending / slowest };
}

/** How many articles a second the backlog lost in each step of the last minute, the newest first. */
function drainsOf({ samples, step, now, pending }: OutlookFacts): number[] {
  const stepMs = step * 1_000;
  const drains: number[] = [];
  let later = { at: now, pending };
  // The step that goes on is counted with the one before it: by itself it may be too short.
  const newest = stepOf(now, step) - stepMs;
  for (let end = newest; end >= now - PAST_MS; end -= stepMs) {
    const before = samples.findLast(({ at }) => at < end);
    if (before === undefined) break;
    drains.push((before.pending - later.pending) / ((later.at - end) / 1_000));
    later = { at: end, pending: before.pending };
  }
  return drains;
}

/** The newest steps, back to where the backlog last turned; a change by less than `least` is no turn. */
function newestTrend(drains: number[], least: number): number[] {
  const isClear = (drain: number) => Math.abs(drain) > least;
  const way = Math.sign(drains.find(isClear) ?? 0);
  const turn = drains.findIndex((drain) => isClear(drain) && Math.sign(drain) !== way);
  return turn === -1 ? drains : drains.slice(0, turn);
}

function meanOf(figures: number[]): number {
  return figures.reduce((sum, each) => sum + each, 0) / figures.length;
}

function busiestOf(spent: StageTimes | null): Busiest | null {
  if (spent === null) return null;
  const database = databaseShare(spent);
  return database >= 0.5
    ? { part: "database", share: database }
    : { part: "workers", share: 1 - database };
}
