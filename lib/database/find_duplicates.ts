import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** An article to look up by any of its sources. */
export interface DuplicateQuery {
  sources: string[];
  /** The hash of title and content (see lib/intake/text_source.ts). */
  textHash: string;
}

const match = z.object({
  index: z.number(),
  id: z.number(),
  source: z.string(),
  /** Whether title and content are the stored ones. */
  same: z.boolean(),
});

/** A stored article that shares a source with the one at `index`. */
export type StoredMatch = z.infer<typeof match>;

/** Returns the stored articles that share a source with the given ones. */
export async function findDuplicates(
  sql: Sql,
  sought: readonly DuplicateQuery[],
): Promise<StoredMatch[]> {
  const rows = JSON.stringify(
    sought.flatMap(({ sources, textHash }, index) =>
      sources.map((source) => ({
        index,
        source: storable(source),
        text_hash: textHash,
      }))
    ),
  );
  return await readRows(
    match,
    () =>
      sql`
        WITH given AS MATERIALIZED (
          SELECT * FROM json_to_recordset((${rows}::text)::json) AS rows (
            index integer, source text, text_hash text
          )
        ), stored AS MATERIALIZED (
          -- Hashes a text once, however many articles share its source.
          SELECT id, source, ${textHashSql(sql)} AS text_hash
          FROM original_articles AS articles WHERE source IN (SELECT source FROM given)
        )
        SELECT index, stored.id::int8, source, stored.text_hash = given.text_hash AS same
        FROM given JOIN stored USING (source)`,
  );
}

/** Returns the id of the article with this source, or null. */
export async function findBySource(sql: Sql, source: string): Promise<number | null> {
  const [row] = await readRows(
    z.object({ id: z.number() }),
    () => sql`SELECT id::int8 FROM original_articles WHERE source = ${storable(source)}`,
  );
  return row?.id ?? null;
}

/** The SQL equivalent of `textSource` in lib/intake/text_source.ts. */
function textHashSql(sql: Sql) {
  return sql`'sha256:' || encode(
    sha256(convert_to(articles.title || E'\\n' || articles.content, 'UTF8')), 'hex'
  )`;
}
