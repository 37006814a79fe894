import type { Logger } from "@logtape/logtape";
import {
  type GroupCounts,
  type NodeStep,
  OTHER_GROUPS,
  pruneBreakdown,
  putNodeSteps,
  readNodeSteps,
} from "../database/breakdown_history.ts";
import type { Sql } from "../database/postgres_client.ts";
import { type Span, SPANS } from "../database/chart_history.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { finishesWithin } from "../runtime/finishes_within.ts";

const FLUSH_MS = 2_000;
/** How long a stop waits for an unresponsive database. */
const STOP_MS = 1_000;
const PRUNE_MS = 60_000;
/** Groups that a step counts one by one, and those of them that are kept. */
const MOST_COUNTED = 500;
const MOST_KEPT = 20;
/** Steps that an outage may leave to be written later. */
const MOST_UNWRITTEN = 16;

/** The counts of a settlement for one group. */
export interface GroupShare {
  group: number;
  processed: number;
  failed: number;
}

/** Keeps what this node settles, by group and by step of the charts. */
export interface BreakdownRecorder extends AsyncDisposable {
  /** Counts a settlement; it is stored two seconds later. */
  add(shares: readonly GroupShare[]): void;
  /** Resolves when everything is stored, or cannot be in time. */
  stop(): Promise<void>;
}

export interface BreakdownRecorderParts {
  sql: Sql;
  node: string;
  /** The time by the database's clock, ms since the epoch. */
  now: () => number;
  logger: Logger;
}

/** Resumes the steps that this node started before a restart. Throws like `readRows`. */
export async function openBreakdownRecorder(
  { sql, node, now, logger }: BreakdownRecorderParts,
): Promise<BreakdownRecorder> {
  const current = new Map<Span, NodeStep>();
  for (const step of await readNodeSteps(sql, node, now())) current.set(step.span, step);
  let unwritten = new Map<string, NodeStep>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();
  let prunedAt = 0;

  function stepAt(span: Span, now: number): NodeStep {
    const at = Math.floor(now / 1_000 / SPANS[span].drawn) * SPANS[span].drawn * 1_000;
    let step = current.get(span);
    if (step?.at !== at) {
      step = { span, at, groups: {} };
      current.set(span, step);
    }
    return step;
  }

  async function write() {
    const steps = unwritten;
    unwritten = new Map();
    try {
      const kept = [...steps.values()].map((step) => ({ ...step, groups: busiest(step.groups) }));
      if (kept.length > 0) await putNodeSteps(sql, node, kept);
      if (now() - prunedAt > PRUNE_MS) {
        prunedAt = now();
        await pruneBreakdown(sql);
      }
    } catch (error) {
      if (!(error instanceof DatabaseUnreachableError)) {
        logger.error("Cannot store the counts by group: {error}", { error: toError(error) });
        return;
      }
      for (const [name, step] of steps) {
        if (unwritten.size < MOST_UNWRITTEN) unwritten.set(name, step);
      }
    }
  }

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
  }

  async function stop() {
    flush();
    await finishesWithin(STOP_MS, writing);
  }

  return {
    add(shares) {
      if (shares.length === 0) return;
      for (const span of Object.keys(SPANS) as Span[]) {
        const step = stepAt(span, now());
        for (const share of shares) count(step.groups, share);
        unwritten.set(`${span} ${step.at}`, step);
      }
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function count(groups: GroupCounts, { group, processed, failed }: GroupShare) {
  const own = String(group);
  const isCounted = own in groups || Object.keys(groups).length < MOST_COUNTED;
  const counts = groups[isCounted ? own : OTHER_GROUPS] ??= [0, 0];
  counts[0] += processed;
  counts[1] += failed;
}

/** The counts of the busiest groups, the others' summed. */
function busiest(groups: GroupCounts): GroupCounts {
  const ordered = Object.entries(groups).filter(([group]) => group !== OTHER_GROUPS)
    .sort(([, one], [, other]) => other[0] + other[1] - one[0] - one[1]);
  const rest = ordered.slice(MOST_KEPT).map(([, counts]) => counts);
  if (groups[OTHER_GROUPS] !== undefined) rest.push(groups[OTHER_GROUPS]);
  const kept: GroupCounts = Object.fromEntries(ordered.slice(0, MOST_KEPT));
  if (rest.length > 0) {
    kept[OTHER_GROUPS] = [sum(rest.map(([n]) => n)), sum(rest.map(([, n]) => n))];
  }
  return kept;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
