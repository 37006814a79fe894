import { z } from "zod";
import { isOutage } from "../runtime/errors.ts";
import type { Sql } from "./postgres_client.ts";
import { loadBatch } from "./load_batch.ts";
import { readRows } from "./query.ts";

/** The number of neighboring ids to try on each side, since several in a row may be damaged. */
const EACH_SIDE = 5;

const neighbor = z.object({ id: z.number() });
const length = z.object({ length: z.number() });

/**
 * Reads a whole article near `id`, the way that a batch is loaded, to prove that Postgres can currently read
 * others. Resolves if one of the nearest can be read, or there is none; else throws the last error, like `run`.
 */
export async function proveReadable(sql: Sql, id: number): Promise<void> {
  const neighbors = await readRows(
    neighbor,
    () =>
      sql`
        (SELECT id FROM original_articles WHERE id > ${id} ORDER BY id LIMIT ${EACH_SIDE})
        UNION ALL
        (SELECT id FROM original_articles WHERE id < ${id} ORDER BY id DESC LIMIT ${EACH_SIDE})`,
  );
  let refusal: unknown = null;
  for (const { id } of neighbors) {
    try {
      await loadBatch(sql, [id]);
      await readRows(
        length,
        () =>
          sql`
            SELECT coalesce(length(title || content), 0)::int4 AS length
            FROM original_articles WHERE id = ${id}`,
      );
      return;
    } catch (error) {
      if (!isOutage(error)) throw error;
      refusal = error;
    }
  }
  if (refusal !== null) throw refusal;
}
