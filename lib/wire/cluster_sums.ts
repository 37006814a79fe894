import * as z from "zod/mini";
import { stageTimes } from "./stage_times.ts";

/** The aggregate of all nodes' reports, because a status lists only some nodes. */
export const clusterSums = z.object({
  /** Nodes that report, nodes that no longer do, and nodes among the first that process articles. */
  live: z.number(),
  lost: z.number(),
  processing: z.number(),
  /** Articles in quarantine. */
  quarantined: z.number(),
  /** Since when the oldest pending article waits, ms since the epoch; null when none does. */
  oldest_at: z.nullable(z.number()),
  stages: stageTimes,
  /** The number of live nodes per settings version. */
  settings: z.record(z.string(), z.number()),
  /** The most rules that fire by any node, since nodes learn of a firing within seconds of each other. */
  alerts: z.object({ firing: z.number(), browser: z.number() }),
});

export type ClusterSums = z.infer<typeof clusterSums>;

/**
 * The optional fields of a node's row, which are summed independently because a row may come from another
 * version.
 */
const SUMMED = {
  quarantine: z.array(z.unknown()),
  oldest_at: z.number(),
  stages: stageTimes,
  settings: z.string(),
  alerts: z.object({ firing: z.number(), browser: z.number() }),
};

/** A node's row, as far as it is summed. */
interface Row {
  lost: boolean;
  role: string;
  [field: string]: unknown;
}

/** Sums over the rows of all nodes. */
export function sumNodes(nodes: readonly Row[]): ClusterSums {
  const live = nodes.filter(({ lost }) => !lost);
  const sums: ClusterSums = {
    live: live.length,
    lost: nodes.length - live.length,
    processing: live.filter(({ role }) => role !== "web").length,
    quarantined: 0,
    oldest_at: null,
    stages: { load_ms: 0, clean_ms: 0, annotate_ms: 0, save_ms: 0, restart_ms: 0 },
    settings: {},
    alerts: { firing: 0, browser: 0 },
  };
  for (const node of live) {
    const field = <Name extends keyof typeof SUMMED>(name: Name) =>
      SUMMED[name].safeParse(node[name]).data as z.infer<typeof SUMMED[Name]> | undefined;
    sums.quarantined += field("quarantine")?.length ?? 0;
    const oldestAt = field("oldest_at");
    if (oldestAt !== undefined) sums.oldest_at = Math.min(sums.oldest_at ?? oldestAt, oldestAt);
    const spent = field("stages");
    if (spent !== undefined) {
      sums.stages.load_ms += spent.load_ms;
      sums.stages.clean_ms += spent.clean_ms;
      sums.stages.annotate_ms += spent.annotate_ms;
      sums.stages.save_ms += spent.save_ms;
      sums.stages.restart_ms += spent.restart_ms;
    }
    const settings = field("settings");
    if (settings !== undefined) sums.settings[settings] = (sums.settings[settings] ?? 0) + 1;
    const alerts = field("alerts");
    if (alerts !== undefined) {
      sums.alerts.firing = Math.max(sums.alerts.firing, alerts.firing);
      sums.alerts.browser = Math.max(sums.alerts.browser, alerts.browser);
    }
  }
  return sums;
}

/** The sums of a status; one of an older node has none and lists all nodes. */
export function clusterOf(
  { cluster, nodes }: { cluster?: ClusterSums | undefined; nodes: readonly Row[] },
): ClusterSums {
  return cluster ?? sumNodes(nodes);
}
