import { TOP_CAUSES, type TopCauses } from "../../dashboard/overview/cause_model.ts";
import { listCauses } from "../../database/failure_causes.ts";
import type { Node } from "../../node/node.ts";
import { DatabaseUnreachableError } from "../../runtime/errors.ts";

/** Returns the most frequent causes; null while the database is unavailable, which the page shows. */
export async function topCauses({ database }: Node): Promise<TopCauses | null> {
  try {
    const { causes, total } = await listCauses(database.sql, {}, TOP_CAUSES);
    return { causes, total };
  } catch (error) {
    if (error instanceof DatabaseUnreachableError) return null;
    throw error;
  }
}
