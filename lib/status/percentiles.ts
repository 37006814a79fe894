import type { NodeCounts, TimingRow } from "../database/timing_history.ts";
import { quantile } from "../wire/histogram.ts";
import type { Percentiles, Timing } from "../wire/timing.ts";

type Counts = readonly number[];

const NONE: NodeCounts = { wait: [], run: [] };
const KINDS = ["wait", "run"] as const;

/**
 * Returns percentiles over all nodes for each step, from cumulative histograms, oldest first. The first row is
 * the baseline of the next one. A node whose counts decreased was restarted and counts from zero.
 */
export function timingsOf(rows: readonly TimingRow[]): Timing[] {
  return rises(rows).map(({ at, wait, run }) => ({
    at,
    wait: percentilesOf(wait),
    run: percentilesOf(run),
  }));
}

/** The percentiles of one node: in each step, and over all of them. */
export function nodeTimings(rows: readonly TimingRow[], node: string) {
  const own = rises(rows.map(({ at, nodes }) => {
    return { at, nodes: Object.hasOwn(nodes, node) ? { [node]: nodes[node]! } : {} };
  }));
  const steps = own.map(({ at, wait, run }): Timing => ({
    at,
    wait: percentilesOf(wait),
    run: percentilesOf(run),
  }));
  const [wait, run] = KINDS.map((kind) => percentilesOf(own.flatMap((step) => step[kind])));
  return { steps, wait: wait ?? null, run: run ?? null };
}

/** By how much each node's histograms rose in each step. */
function rises(rows: readonly TimingRow[]): { at: number; wait: Counts[]; run: Counts[] }[] {
  return rows.slice(1).map(({ at, nodes }, index) => {
    const before = new Map(Object.entries(rows[index]!.nodes));
    const rise = (kind: keyof NodeCounts) =>
      Object.entries(nodes).map(([node, counts]) =>
        riseOf(counts[kind], (before.get(node) ?? NONE)[kind])
      );
    return { at, wait: rise("wait"), run: rise("run") };
  });
}

function riseOf(counts: Counts, before: Counts): Counts {
  const hasRestarted = before.some((count, bucket) => count > (counts[bucket] ?? 0));
  return hasRestarted ? counts : counts.map((count, bucket) => count - (before[bucket] ?? 0));
}

function percentilesOf(histograms: readonly Counts[]): Percentiles | null {
  const counts: number[] = [];
  for (const histogram of histograms) {
    histogram.forEach((count, bucket) => counts[bucket] = (counts[bucket] ?? 0) + count);
  }
  const at = (share: number) => quantile({ counts, sum: 0 }, share);
  const [p50, p95, p99] = [at(0.5), at(0.95), at(0.99)];
  return p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 };
}
