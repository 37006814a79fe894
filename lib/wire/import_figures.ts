import * as z from "zod/mini";

/** Where a record is in an input. */
const recordPlace = {
  /** Its first line. */
  line: z.number(),
  /** Its number in JSON, from 1, since a line can have many. */
  record: z.optional(z.number()),
  /** The name of its file in an archive, of which the line is. */
  file: z.optional(z.string()),
};

/** A message about a record or a line of an input. */
const lineNote = z.object({ ...recordPlace, error: z.string() });
export type LineNote = z.infer<typeof lineNote>;
export type RecordPlace = Omit<LineNote, "error">;

/** The possible results of a record. */
export const RECORD_OUTCOMES = [
  "accepted",
  /** Already stored with the same text. */
  "duplicate",
  /** Already stored under the same source with another text, which was kept. */
  "changed",
  /** As before, and the text was replaced. */
  "updated",
  "rejected",
  /** Valid, but not an article. */
  "skipped",
] as const;

/** The result of one record. */
const recordResult = z.object({
  ...recordPlace,
  outcome: z.enum(RECORD_OUTCOMES),
  id: z.optional(z.number()),
  error: z.optional(z.string()),
});
export type RecordResult = z.infer<typeof recordResult>;

/** The progress of an import. */
export const importFigures = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  /** `updated` of them were replaced. */
  changed: z.number(),
  updated: z.number(),
  skipped: z.number(),
  /** The first 1,000 rejections. */
  rejected: z.array(lineNote),
  rejected_total: z.number(),
  /** The first 100 messages about truncated, guessed or skipped parts. */
  warnings: z.array(lineNote),
  warnings_total: z.number(),
  /** The highest id of an accepted article, which is that of the last one; null: none. */
  newest_id: z.nullable(z.number()),
  /** The number of records with a result: an interrupted import resumes after them. */
  records: z.number(),
  /** On request: the first 10,000 records, in the order of their results. */
  results: z.optional(z.array(recordResult)),
  /** The import's number, when it is recorded. */
  id: z.optional(z.number()),
});
export type ImportFigures = z.infer<typeof importFigures>;

/** The figures of an import that has not started. */
export function noFigures(): ImportFigures {
  return {
    accepted: 0,
    duplicates: 0,
    changed: 0,
    updated: 0,
    skipped: 0,
    rejected: [],
    rejected_total: 0,
    warnings: [],
    warnings_total: 0,
    newest_id: null,
    records: 0,
  };
}

/** The name of an import from the standard input of a command. */
export const STANDARD_INPUT = "-";

/** An import as it is recorded. */
export const importRecord = z.object({
  id: z.number(),
  /** A file's name, or `STANDARD_INPUT`; null: pasted or streamed. */
  name: z.nullable(z.string()),
  by: z.string(),
  /** Milliseconds since the epoch. */
  started_at: z.number(),
  updated_at: z.number(),
  /** `stopped`: it failed, or its node was lost. */
  state: z.enum(["running", "finished", "stopped"]),
  /** Whether the same input can resume it, once it is stopped: not where it finished or its content is refused. */
  resumable: z.optional(z.boolean()),
  /** Whether there are articles that it stored, which can be listed: not those that an older version stored. */
  has_articles: z.optional(z.boolean()),
  /** Why it stopped. */
  reason: z.nullable(z.string()),
  figures: importFigures,
});
export type ImportRecord = z.infer<typeof importRecord>;
