import * as z from "zod/mini";

/**
 * Fields of the status that are sums over the live nodes: their name in the status, and in a node's report. Both
 * queues and the status's schema are derived from this table.
 */
export const NODE_SUMS = {
  /** Workers that the live nodes have replaced since their starts. */
  worker_restarts: "restarts",
} as const;

export type NodeSum = keyof typeof NODE_SUMS;

/** The fields that a processing node reports for the sums. */
export type SummedReport = { [Name in NodeSum as typeof NODE_SUMS[Name]]: number };

/** The schema of the sums; an older node's status lacks new ones. */
export const nodeSums = mapSums(() => z._default(z.number(), 0));

/** Sums the reports of the live nodes, two decimals; one of another version may lack fields. */
export function sumReports(reports: readonly Record<string, unknown>[]): Record<NodeSum, number> {
  return mapSums((name) => {
    const values = reports.map((report) => report[NODE_SUMS[name]]);
    const total = values.reduce<number>(
      (sum, value) => sum + (typeof value === "number" ? value : 0),
      0,
    );
    return Math.round(total * 100) / 100;
  });
}

function mapSums<Value>(valueOf: (name: NodeSum) => Value): Record<NodeSum, Value> {
  const names = Object.keys(NODE_SUMS) as NodeSum[];
  // `fromEntries` loses the names, which are those of the table.
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<NodeSum, Value>;
}
