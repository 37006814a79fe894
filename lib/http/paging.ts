import { z } from "zod";

/** A whole number in a query. */
export function queryNumber(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const bounds = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  const error = `must be a whole number ${bounds}`;
  return z.string().regex(/^\d{1,16}$/, { error }).transform(Number).pipe(
    z.int({ error }).min(least, { error }).max(most, { error }),
  );
}

/** A moment in ms since the epoch; the last one that JavaScript knows is known to Postgres as well. */
export const queryMoment = queryNumber(0, 8_640_000_000_000_000);

/** Which page of a list is asked for: what follows `cursor`, at most `limit` entries. */
export const paging = {
  cursor: queryNumber(0).optional(),
  limit: queryNumber(1, 200).default(50),
};
