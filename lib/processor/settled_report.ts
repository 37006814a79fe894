import type { GroupShare } from "../status/breakdown_recorder.ts";
import type { Stored } from "./store_outcomes.ts";

/** The time that the articles of a settlement spent in each stage, in ms. */
export interface Stages {
  loadMs: number;
  cleanMs: number;
  annotateMs: number;
  saveMs: number;
}

/** The result of a settlement, for counts and the log. */
export interface SettledReport {
  processed: number;
  /** The same by group. */
  groups: GroupShare[];
  failures: {
    id: number;
    message: string;
    tries: number;
    state: "retry" | "dead";
    dueInMs: number;
  }[];
  stages: Stages;
}

/** Summarizes the applied part of a settlement, without articles that another node settled first. */
export function toReport({ settlements, settled }: Stored, stages: Stages): SettledReport {
  const states = new Map((settled?.states ?? []).map((state) => [state.id, state]));
  const report: SettledReport = { processed: 0, groups: [], failures: [], stages };
  const groups = new Map<number, GroupShare>();
  for (const settlement of settlements) {
    const state = states.get(settlement.id);
    if (state === undefined || !state.applied) continue;
    const group = settlement.groupId;
    const share = groups.get(group) ?? { group, processed: 0, failed: 0 };
    groups.set(group, share);
    if (settlement.kind === "processed") {
      report.processed++;
      share.processed++;
    } else {
      share.failed++;
      report.failures.push({
        id: settlement.id,
        message: settlement.failure.message,
        tries: state.tries,
        state: settlement.next,
        dueInMs: settlement.dueInMs ?? 0,
      });
    }
  }
  report.groups = [...groups.values()];
  return report;
}
