import type { Tally, Totals } from "../queue.ts";

const COUNTS = ["processed", "failed", "retried", "elapsedMs"] as const;

/** The totals and the daily tallies behind them; all are monotonic. */
export interface Counters {
  /** Raises the node's tally of the day, and the totals by the difference; returns whether any rose. */
  raise(tally: Tally): void;
  /** Raises the totals to the sums of older days plus all given tallies. */
  restore(older: Totals, tallies: Tally[]): void;
  /** Sets the totals and the tallies of days to 0. */
  reset(days: readonly string[]): void;
  processedOn(day: string): number;
  totals(): Totals & { updatedAt: number | null };
}

export function createCounters(now: () => number): Counters {
  const totals: Totals = { processed: 0, failed: 0, retried: 0, elapsedMs: 0 };
  const days = new Map<string, Map<string, Totals>>();
  let updatedAt: number | null = null;

  /** Raises the stored tally; returns the differences. */
  function raiseTally({ node, day, ...raised }: Tally): Totals {
    const nodes = days.get(day) ?? new Map<string, Totals>();
    days.set(day, nodes);
    dropOldDays();
    const kept = nodes.get(node) ?? { processed: 0, failed: 0, retried: 0, elapsedMs: 0 };
    nodes.set(node, kept);
    const grown = { ...kept };
    for (const count of COUNTS) {
      grown[count] = Math.max(0, raised[count] - kept[count]);
      kept[count] += grown[count];
    }
    return grown;
  }

  /** Today, yesterday, and one for nodes in other time zones. */
  function dropOldDays() {
    const [oldest] = [...days.keys()].sort();
    if (days.size > 3 && oldest !== undefined) days.delete(oldest);
  }

  const talliesOf = (day: string) => [...days.get(day)?.values() ?? []];

  return {
    raise(tally) {
      const grown = raiseTally(tally);
      if (COUNTS.every((count) => grown[count] === 0)) return;
      for (const count of COUNTS) totals[count] += grown[count];
      updatedAt = now();
    },
    restore(older, tallies) {
      tallies.forEach(raiseTally);
      const kept = [...new Set(tallies.map(({ day }) => day))].flatMap(talliesOf);
      for (const count of COUNTS) {
        const sum = kept.reduce((total, tally) => total + tally[count], older[count]);
        totals[count] = Math.max(totals[count], sum);
      }
      updatedAt = now();
    },
    reset(gone) {
      for (const day of gone) days.delete(day);
      for (const count of COUNTS) totals[count] = 0;
      updatedAt = now();
    },
    processedOn: (day) => talliesOf(day).reduce((sum, { processed }) => sum + processed, 0),
    totals: () => ({ ...totals, updatedAt }),
  };
}
