import * as v from "valibot";
import type { Failure } from "./api.ts";

/** What became of what was imported; the server lists the first rejections only. */
export const importFigures = v.object({
  accepted: v.number(),
  duplicates: v.number(),
  rejected: v.array(v.object({ line: v.number(), error: v.string() })),
  rejected_total: v.number(),
  newest_id: v.nullable(v.number()),
});
export type ImportFigures = v.InferOutput<typeof importFigures>;

/** What came of an import; `name` is a file's, null is pasted text. */
export type ImportState =
  | { kind: "idle" }
  | { kind: "done"; name: string | null; figures: ImportFigures }
  | { kind: "failed"; name: string | null; failure: Failure };

/** The rejections as lines of text, for a file: the line's number, a tab, and what was wrong. */
export function rejectionsText({ rejected }: ImportFigures): string {
  return rejected.map(({ line, error }) => `${line}\t${error.replace(/\s+/g, " ")}\n`).join("");
}
