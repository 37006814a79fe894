import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows, run } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** Returns which of these sources do not identify the articles of imports. */
export async function sharedSources(sql: Sql, sources: readonly string[]): Promise<string[]> {
  const given = JSON.stringify(sources.map((source) => storable(source)));
  const rows = await readRows(
    z.object({ source: z.string() }),
    () =>
      sql`
        SELECT source FROM shared_sources
        WHERE source IN (SELECT json_array_elements_text((${given}::text)::json))`,
  );
  return rows.map(({ source }) => source);
}

/** Records sources that do not identify the articles of imports. Stored articles keep them. */
export async function shareSources(sql: Sql, sources: readonly string[]): Promise<void> {
  const given = JSON.stringify(sources.map((source) => storable(source)));
  await run(() =>
    sql`
      INSERT INTO shared_sources (source)
      SELECT DISTINCT json_array_elements_text((${given}::text)::json)
      ON CONFLICT DO NOTHING`
  );
}

/** Records that a source identifies an article again. */
export async function unshareSource(sql: Sql, source: string): Promise<void> {
  await run(() => sql`DELETE FROM shared_sources WHERE source = ${storable(source)}`);
}
