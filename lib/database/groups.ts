import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** A group of articles. */
export const articleGroup = z.object({ id: z.number(), name: z.string() });

/** Returns at most `limit` groups, by name. */
export async function listGroups(
  sql: Sql,
  limit: number,
): Promise<z.infer<typeof articleGroup>[]> {
  return await readRows(
    articleGroup,
    () => sql`SELECT id, name FROM article_groups ORDER BY name LIMIT ${limit}`,
  );
}

/** Returns at most `limit` names of groups, sorted. */
export async function groupNames(sql: Sql, limit: number): Promise<string[]> {
  const rows = await readRows(
    z.object({ name: z.string() }),
    () => sql`SELECT name FROM article_groups ORDER BY name LIMIT ${limit}`,
  );
  return rows.map(({ name }) => name);
}

/** Returns those of some numbers that are not the id of a group. */
export async function missingGroups(sql: Sql, ids: readonly number[]): Promise<number[]> {
  const given = JSON.stringify(ids);
  const rows = await readRows(
    z.object({ id: z.number() }),
    () =>
      sql`
        SELECT given.id::float8 AS id
        FROM (SELECT value::bigint AS id FROM json_array_elements_text((${given}::text)::json)) AS given
        WHERE NOT EXISTS (SELECT FROM article_groups WHERE article_groups.id = given.id)`,
  );
  return rows.map(({ id }) => id);
}

/** Returns the id of the group with this name, or null. */
export async function findGroup(sql: Sql, name: string): Promise<number | null> {
  const [row] = await readRows(
    z.object({ id: z.number() }),
    () => sql`SELECT id FROM article_groups WHERE name = ${storable(name)}`,
  );
  return row?.id ?? null;
}
