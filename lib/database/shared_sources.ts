import { z } from "zod";
import { textHashSql } from "./find_duplicates.ts";
import type { Sql } from "./postgres_client.ts";
import { readRows, run } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** Returns which of these sources do not identify articles. */
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

/**
 * Records sources that do not identify articles, atomically: stored articles with such a source are
 * identified by their text from now on (see `textSource` in lib/intake/text_source.ts).
 */
export async function shareSources(sql: Sql, sources: readonly string[]): Promise<void> {
  const given = JSON.stringify(sources.map((source) => storable(source)));
  await run(() =>
    sql`
      WITH given AS MATERIALIZED (
        SELECT json_array_elements_text((${given}::text)::json) AS source
      ), shared AS (
        INSERT INTO shared_sources (source) SELECT DISTINCT source FROM given ON CONFLICT DO NOTHING
      ), named AS (
        SELECT articles.id,
          ${textHashSql(sql)} AS source
        FROM original_articles AS articles JOIN given ON given.source = articles.source
      )
      UPDATE original_articles AS articles SET source = named.source
      FROM named
      WHERE named.id = articles.id
        AND NOT EXISTS (SELECT FROM original_articles AS other WHERE other.source = named.source)`
  );
}
