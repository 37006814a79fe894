import { listImports } from "../../database/imports.ts";
import type { Node } from "../../node/node.ts";
import { DatabaseUnreachableError } from "../../runtime/errors.ts";
import type { ImportRecord } from "../../wire/import_figures.ts";

const LISTED = 10;

/** Returns recent imports for a page; none while the database is unreachable, which the page reports. */
export async function recentImports({ database }: Pick<Node, "database">): Promise<ImportRecord[]> {
  try {
    return await listImports(database.sql, { limit: LISTED });
  } catch (error) {
    if (error instanceof DatabaseUnreachableError) return [];
    throw error;
  }
}
