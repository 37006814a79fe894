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

/** Ids are below it. */
export const TOP = Number.MAX_SAFE_INTEGER;

export interface Walk<Row> {
  /** Only ids below it are looked at. */
  top: number;
  limit: number;
  /** The greatest id below another that there is, or null: ids that nobody has cost no time. */
  newestBelow: (id: number) => Promise<number | null>;
  /** Looks for at most `limit` rows in the ranges `from` down to `to`, newest first. */
  step: (from: number, to: number, limit: number) => Promise<Row[]>;
  now?: () => number;
}

/**
 * Goes down the ranges of ids below `top` until `limit` rows are found, all ranges are seen, or the time
 * is up. Steps grow as long as they are quick.
 */
export async function walkDown<Row extends { id: number }>(walk: Walk<Row>): Promise<Page<Row>> {
  const { top, limit, newestBelow, step, now = () => performance.now() } = walk;
  const rows: Row[] = [];
  let size = 1;
  let newest = await newestBelow(top);
  const begun = now();
  while (newest !== null && newest >= 0 && now() - begun < BUDGET_MS) {
    const from = Math.floor(newest / 2 ** RANGE_BITS);
    const to = Math.max(0, from - size + 1);
    const stepBegun = now();
    const found = await step(from, to, limit - rows.length);
    rows.push(...found);
    const last = rows.at(-1);
    if (rows.length === limit && last) return { rows, cursor: last.id };
    if (now() - stepBegun < QUICK_MS) size = Math.min(size * 2, MOST_RANGES);
    const rest = to * 2 ** RANGE_BITS;
    newest = found.length > 0 ? rest - 1 : await newestBelow(rest);
  }
  return { rows, cursor: newest === null || newest < 0 ? null : newest + 1 };
}
