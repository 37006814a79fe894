/** Ids whose articles share their keys in the search index; the same number is in its migration. */
export const RANGE_BITS = 13;

const BUDGET_MS = 50;

/** Above this a step has found out that its ranges are full, below it they may be taken many at once. */
const QUICK_MS = 5;
const MOST_RANGES = 16;

/** A page, newest first. */
export interface Page<Row> {
  rows: Row[];
  /**
   * Where the next page begins; null when there is no more. A page may be short and yet have a next
   * one: what is rare among millions is looked for a piece at a time, so that no page takes long.
   */
  cursor: number | null;
}

/** Looks for at most `limit` rows in the ranges `from` down to `to`, newest first. */
export type Step<Row> = (from: number, to: number, limit: number) => Promise<Row[]>;

/**
 * Goes down the ranges of ids below `top` until `limit` rows are found, all ranges are seen, or the time
 * is up. Steps grow as long as they are quick.
 */
export async function walkDown<Row extends { id: number }>(
  { top, limit, now = () => performance.now() }: { top: number; limit: number; now?: () => number },
  step: Step<Row>,
): Promise<Page<Row>> {
  const rows: Row[] = [];
  const begun = now();
  let size = 1;
  let from = Math.floor((top - 1) / 2 ** RANGE_BITS);
  while (from >= 0 && now() - begun < BUDGET_MS) {
    const to = Math.max(0, from - size + 1);
    const stepBegun = now();
    rows.push(...await step(from, to, limit - rows.length));
    const last = rows.at(-1);
    if (rows.length === limit && last) return { rows, cursor: last.id };
    if (now() - stepBegun < QUICK_MS) size = Math.min(size * 2, MOST_RANGES);
    from = to - 1;
  }
  return { rows, cursor: from < 0 ? null : (from + 1) * 2 ** RANGE_BITS };
}
