import { z } from "zod";
import type { Sql } from "./client.ts";
import { readRow } from "./query.ts";

/** The moment by the database's clock, which its times are of, in ms since the epoch. */
export async function databaseTime(sql: Sql): Promise<number> {
  const { now } = await readRow(z.object({ now: z.number() }), () => sql`SELECT now() AS now`);
  return now;
}
