/**
 * The low id bits within a range, whose articles share keys in the search index; the migration has the same
 * number.
 */
export const RANGE_BITS = 13;

const BUDGET_MS = 50;

/**
 * The time limit of an empty page, which is longer because an empty page suggests that there are no matches.
 */
const EMPTY_BUDGET_MS = 1_000;

/** A step that takes less than this doubles the number of ranges of the next one. */
const QUICK_MS = 5;
const MOST_RANGES = 16;

/** A page, newest first. */
export interface Page<Row> {
  rows: Row[];
  /**
   * The cursor of the next page; null if there is none. A page may be short and still have a next one: the
   * search for rare matches among millions is split, so that no page takes long.
   */
  cursor: number | null;
}

/** Ids are below it. */
export const TOP = Number.MAX_SAFE_INTEGER;

/** The query of a page. */
export interface PageQuery<Row> {
  /** Only ids below it are searched. */
  top: number;
  limit: number;
  /** Returns the greatest existing id below another, or null: skips gaps between ids. */
  newestBelow: (id: number) => Promise<number | null>;
  /** Finds up to `limit` rows in the ranges from `from` down to `to`, newest first. */
  step: (from: number, to: number, limit: number) => Promise<Row[]>;
  now?: () => number;
}

/**
 * Reads a page: searches the ranges of ids below `top`, newest first, until `limit` rows are found, all ranges are searched, or the time
 * limit passes, which is longer for an empty page. Steps grow while they are fast.
 */
export async function paginateByKey<Row extends { id: number }>(
  query: PageQuery<Row>,
): Promise<Page<Row>> {
  const { top, limit, newestBelow, step, now = () => performance.now() } = query;
  const rows: Row[] = [];
  let size = 1;
  let newest = await newestBelow(top);
  const begun = now();
  const isInTime = () => now() - begun < (rows.length === 0 ? EMPTY_BUDGET_MS : BUDGET_MS);
  while (newest !== null && newest >= 0 && isInTime()) {
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
