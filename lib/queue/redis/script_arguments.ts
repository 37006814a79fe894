import { NODE_SUMS } from "../../wire/node_sums.ts";
import type { NodeReport, Placement, SettledTally, Tally, Totals } from "../queue.ts";

/** The maximum number of ids of one kind per script call, so that other clients are not blocked for long. */
const PART = 5_000;

/** Splits a large placement into parts for one script call each. */
export function* partsOf({ pending, retry, dead, gone, commits }: Placement): Iterable<Placement> {
  const longest = Math.max(pending.length, retry.length, dead.length, gone.length);
  for (let from = 0; from < longest; from += PART) {
    yield {
      pending: pending.slice(from, from + PART),
      retry: retry.slice(from, from + PART),
      dead: dead.slice(from, from + PART),
      gone: gone.slice(from, from + PART),
      commits,
    };
  }
}

/** Encodes a placement for the scripts: four counts, two commits, then the ids of each kind with their values. */
export function placementArguments(
  { pending, retry, dead, gone, commits }: Placement,
): string[] {
  const counts = [pending.length, retry.length, dead.length, gone.length];
  return [
    ...counts,
    commits?.settlement ?? 0,
    commits?.note ?? 0,
    ...pending,
    ...retry.flatMap(({ id, dueInMs, tries }) => [id, Math.ceil(dueInMs), tries]),
    ...dead.flatMap(({ id, diedAt }) => [id, Math.floor(diedAt)]),
    ...gone,
  ].map(String);
}

/** Encodes a tally for the scripts, in six values. */
export function tallyArguments({ node, day, ...counts }: Tally): string[] {
  return [node, day, ...totalsArguments(counts)];
}

/** Encodes the tally of a settlement, with what it added, in ten values; null as empty ones. */
export function settledTallyArguments(tally: SettledTally | null): string[] {
  if (tally === null) return Array<string>(10).fill("");
  return [...tallyArguments(tally), ...totalsArguments(tally.added)];
}

/** Encodes four counts. */
export function totalsArguments({ processed, failed, retried, elapsedMs }: Totals): string[] {
  return [processed, failed, retried, elapsedMs].map(String);
}

/** The fields of a report that heartbeat.lua reads; it does not decode those from `node` on. */
const READ_FIELDS = [
  ...["role", "running", "paused", "workers", "in_flight", "speed", "last_error", "settings"],
  ...["oldest_at", "stages", "alerts", "quarantine", "outages", "clock_off_ms"],
  ...Object.values(NODE_SUMS),
];

/** Encodes a node's report for the script; empty for a caller that only reads the status. */
export function reportArguments(report: NodeReport | null): string[] {
  if (report === null) return [];
  const { detail, ...own } = report;
  const all: Record<string, unknown> = { ...detail, ...own };
  const read = Object.fromEntries(READ_FIELDS.map((field) => [field, all[field]]));
  const json = JSON.stringify(
    {
      ...read,
      node: own.node,
      ...all,
      seen_at: undefined,
      lost: undefined,
      lease_until: undefined,
    },
    // Redis's JSON parser rejects a lone surrogate.
    (_, value) => typeof value === "string" ? value.toWellFormed() : value,
  );
  return [own.node, report.in_flight > 0 ? "1" : "0", json];
}
