import { z } from "zod";
import { LATEST_TIME } from "../wire/latest_time.ts";

/** An integer query parameter. */
export function queryNumber(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const error = most === Number.MAX_SAFE_INTEGER
    ? `must be a whole number from ${least}`
    : `must be a whole number from ${least} to ${most}`;
  return z.string().regex(/^\d{1,16}$/, { error }).transform(Number).pipe(
    z.int({ error }).min(least, { error }).max(most, { error }),
  ).meta({ type: "integer", minimum: least, maximum: most });
}

/** A timestamp in ms since the epoch. */
export const queryMoment = queryNumber(0, LATEST_TIME);

/** Pagination: at most `limit` entries after `cursor`. */
export const paging = {
  cursor: queryNumber(0).optional(),
  limit: queryNumber(1, 200).default(50),
};
