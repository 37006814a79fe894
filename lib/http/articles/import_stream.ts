import { acceptArticles, validateArticles } from "../../intake/accept.ts";
import { assertRoom } from "../../intake/backpressure.ts";
import { type Declared, expected } from "../../intake/format_name.ts";
import { createIdentities } from "../../intake/identities.ts";
import { importArticles } from "../../intake/import_articles.ts";
import { readInput } from "../../intake/read_input.ts";
import { recordedImport } from "../../intake/recorded_import.ts";
import type { Node } from "../../node/node.ts";
import type { Actor } from "../../wire/actor.ts";
import type { ImportFigures } from "../../wire/import_figures.ts";
import { auditedImport } from "./audited_import.ts";
import type { ImportQuery } from "./import_query.ts";

/** The input of an import, and its actor. */
export interface ImportSource {
  body: AsyncIterable<Uint8Array>;
  declared: Declared;
  by: Actor;
  /** Aborts when the client disconnects. */
  gone: AbortSignal;
}

/**
 * Imports a stream incrementally and records it as an import and in the audit log; with `validate`, only
 * validates it. Throws the errors of reading and saving, and `TooManyWaitingError`.
 */
export async function importStream(
  node: Node,
  { body, declared, by, gone }: ImportSource,
  query: ImportQuery,
): Promise<ImportFigures> {
  const { name = null, update = false, results = false, validate = false } = query;
  const what = expected({ ...declared, fileName: name });
  const input = (skipRecords: number) =>
    readInput(body, what, {
      charset: query.charset ?? null,
      map: query.map,
      base: query.url,
      group: query.group ?? null,
      fromLine: query.from_line ?? 1,
      skipRecords,
      signal: gone,
      documents: node.documents,
    });
  const identities = createIdentities(name ?? "");
  if (validate) {
    const validate = validateArticles(node.database.sql, { update, identities });
    return await importArticles(input(0), validate, { results });
  }
  await assertRoom(node);
  const origin = { name, by: by.name, node: node.name, resume: query.resume ?? null, gone };
  return await auditedImport(
    node,
    { by, name },
    () =>
      recordedImport(
        node.database.sql,
        origin,
        ({ id: importId, from, unrecorded, noted }) =>
          importArticles(input(from.records), async (chunk) => {
            await assertRoom(node);
            return await acceptArticles(node, chunk, { update, identities, importId, unrecorded });
          }, { from, results, onProgress: noted }),
      ),
  );
}
