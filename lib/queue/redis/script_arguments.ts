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

/** Encodes a node's report for the script; empty for a caller that only reads the status. */
export function reportArguments(report: NodeReport | null): string[] {
  if (report === null) return [];
  const { detail, ...own } = report;
  const json = JSON.stringify(
    { ...detail, ...own, seen_at: undefined, lost: undefined, lease_until: undefined },
    // Redis's JSON parser rejects a lone surrogate.
    (_, value) => typeof value === "string" ? value.toWellFormed() : value,
  );
  return [report.node, report.role === "web" ? "0" : "1", json];
}
