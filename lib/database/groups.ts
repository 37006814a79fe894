import { z } from "zod";
import type { Sql } from "./client.ts";
import { readRows } from "./query.ts";
import { storable } from "./separated.ts";

/** The names of groups in their order, at most `limit`. */
export async function groupNames(sql: Sql, limit: number): Promise<string[]> {
  const rows = await readRows(
    z.object({ name: z.string() }),
    () => sql`SELECT name FROM article_groups ORDER BY name LIMIT ${limit}`,
  );
  return rows.map(({ name }) => name);
}

/** The id of the group with this name, or null. */
export async function findGroup(sql: Sql, name: string): Promise<number | null> {
  const [row] = await readRows(
    z.object({ id: z.number() }),
    () => sql`SELECT id FROM article_groups WHERE name = ${storable(name)}`,
  );
  return row?.id ?? null;
}
