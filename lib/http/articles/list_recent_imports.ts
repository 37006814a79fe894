import { listImports } from "../../database/imports.ts";
import type { Node } from "../../node/node.ts";
import { DatabaseUnreachableError } from "../../runtime/errors.ts";
import type { ImportRecord } from "../../wire/import_figures.ts";
import { localizeImport } from "./localize_import.ts";

const LISTED = 10;

/** Returns recent imports, worded for a page's reader; none while the database is unreachable, which the page reports. */
export async function recentImports(
  { database }: Pick<Node, "database">,
  reader: Request,
): Promise<ImportRecord[]> {
  try {
    const imports = await listImports(database.sql, { limit: LISTED });
    return imports.map((each) => localizeImport(reader, each));
  } catch (error) {
    if (error instanceof DatabaseUnreachableError) return [];
    throw error;
  }
}
