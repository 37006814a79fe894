import type { Sql } from "../database/postgres_client.ts";
import { resumeImport, startImport, storedAfter, updateImport } from "../database/imports.ts";
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

/** A run of an import, from its start or after an interruption. */
export interface ImportRun {
  /** The import's number. */
  id: number;
  /** The progress that is recorded so far. */
  from: ImportFigures;
  /**
   * The ids of the articles that the interrupted run stored after its last recorded progress. Ids rise with
   * the records, so they are those above the newest recorded one. Their records are read again: the first of each is
   * counted as accepted, which removes the id, and further ones with its text are duplicates.
   */
  unrecorded: Set<number>;
  /** Called after changes of the progress. */
  noted: (figures: ImportFigures) => Promise<void>;
}

/**
 * Runs an import with `work`, and records its progress, at least once a second, and its end. During
 * an outage of the database nothing is recorded, and the import itself fails.
 */
export async function recordedImport(
  sql: Sql,
  { name, by, node, resume, gone }: ImportOrigin,
  work: (run: ImportRun) => Promise<ImportFigures>,
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
    const stored = resumed === null ? [] : await storedAfter(sql, id, figures.newest_id ?? 0);
    figures = await work({
      id,
      from: figures,
      unrecorded: new Set(stored),
      async noted(latest) {
        figures = latest;
        if (performance.now() - notedAt >= NOTED_MS) await note("running");
      },
    });
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
