import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRow } from "./query.ts";

/** Returns the database's current time in ms since the epoch. */
export async function databaseTime(sql: Sql): Promise<number> {
  const { now } = await readRow(z.object({ now: z.number() }), () => sql`SELECT now() AS now`);
  return now;
}
