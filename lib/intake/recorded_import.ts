import type { Sql } from "../database/postgres_client.ts";
import { resumeImport, startImport, updateImport } from "../database/imports.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { type ImportFigures, type ImportRecord, noFigures } from "../wire/import_figures.ts";
import { ImportStoppedError } from "./import_articles.ts";

/** The intervals of storing the progress, and of the heartbeat without progress; in ms. */
const NOTED_MS = 1_000;
const ALIVE_MS = 3_000;

const DISCONNECTED = "The connection ended before the whole input was sent";

/** The stored properties of an import. */
export interface ImportOrigin {
  /** A file's name, or null. */
  name: string | null;
  by: string;
  /** The name of the node that runs it. */
  node: string;
  /** The import to resume; null for a new one. */
  resume: number | null;
  /** Aborts when the sender disconnects. */
  gone: AbortSignal;
}

/** No resumable import has this number. */
export class NotResumableError extends Error {
  override readonly name = "NotResumableError";
}

/**
 * Runs an import and records its progress, at least once a second, and its end. `work` is called with the
 * initial progress and the import's number, and calls `noted` after changes. During an outage of the database nothing is recorded,
 * and the import itself fails.
 */
export async function recordedImport(
  sql: Sql,
  { name, by, node, resume, gone }: ImportOrigin,
  work: (
    from: ImportFigures,
    noted: (figures: ImportFigures) => Promise<void>,
    id: number,
  ) => Promise<ImportFigures>,
): Promise<ImportFigures> {
  const resumed = resume === null ? null : await resumeImport(sql, resume, node);
  if (resume !== null && resumed === null) {
    throw new NotResumableError(`There is no stopped import ${resume}`);
  }
  let figures: ImportFigures = resumed?.figures ?? noFigures();
  const id = resumed?.id ?? await startImport(sql, { name, by, node, figures });
  let notedAt = performance.now();

  async function note(
    state: ImportRecord["state"],
    end: { reason?: string; resumable?: boolean } = {},
  ) {
    notedAt = performance.now();
    try {
      await updateImport(sql, id, { node, state, ...end, figures });
    } catch (error) {
      if (!(error instanceof DatabaseUnreachableError)) throw error;
    }
  }

  const alive = setInterval(() => {
    if (performance.now() - notedAt >= ALIVE_MS) note("running").catch(() => {});
  }, ALIVE_MS);
  try {
    figures = await work(figures, async (latest) => {
      figures = latest;
      if (performance.now() - notedAt >= NOTED_MS) await note("running");
    }, id);
    clearInterval(alive);
    await note("finished");
    return { ...figures, id };
  } catch (error) {
    clearInterval(alive);
    if (error instanceof ImportStoppedError) figures = error.progress;
    const isReading = error instanceof ImportStoppedError && error.stage === "reading";
    await note("stopped", {
      reason: isReading && gone.aborted ? DISCONNECTED : toError(error).message,
      resumable: !isReading || gone.aborted,
    });
    throw error;
  }
}
