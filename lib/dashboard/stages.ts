import * as v from "valibot";
import type { ProcessorStatus } from "../status/processor_status.ts";

/** What an article goes through, in order, with the milliseconds spent there. */
const stages = v.object({
  load_ms: v.number(),
  clean_ms: v.number(),
  annotate_ms: v.number(),
  save_ms: v.number(),
});
export type StageTimes = v.InferOutput<typeof stages>;

const STAGES = ["load_ms", "clean_ms", "annotate_ms", "save_ms"] as const;

/** What a node that processes adds to its row: the times since it started. */
const detail = v.object({ started_at: v.number(), stages });

/** The times that the nodes of a status have spent since their starts, by node and start. */
export function stageTimes({ nodes }: ProcessorStatus): ReadonlyMap<string, StageTimes> {
  const times = new Map<string, StageTimes>();
  for (const node of nodes) {
    if (v.is(detail, node)) times.set(`${node.node} ${node.started_at}`, node.stages);
  }
  return times;
}

/** The time that all nodes spent in each stage between two statuses; null: in none. */
export function timeSpent(
  from: ReadonlyMap<string, StageTimes>,
  to: ReadonlyMap<string, StageTimes>,
): StageTimes | null {
  const spent: StageTimes = { load_ms: 0, clean_ms: 0, annotate_ms: 0, save_ms: 0 };
  for (const [node, times] of to) {
    for (const stage of STAGES) {
      spent[stage] += Math.max(0, times[stage] - (from.get(node)?.[stage] ?? 0));
    }
  }
  return total(spent) > 0 ? spent : null;
}

/** The database loads and saves: its part of the time, from 0 to 1. */
export function databaseShare(spent: StageTimes): number {
  return (spent.load_ms + spent.save_ms) / total(spent);
}

function total(spent: StageTimes): number {
  return STAGES.reduce((sum, stage) => sum + spent[stage], 0);
}
