import * as z from "zod/mini";
import type { Failure } from "./api.ts";

/** What became of what was imported; the server lists the first rejections only. */
export const importFigures = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.array(z.object({ line: z.number(), error: z.string() })),
  rejected_total: z.number(),
});
export type ImportFigures = z.infer<typeof importFigures>;

/** What came of an import; `name` is a file's, null is pasted text. */
export type ImportState =
  | { kind: "idle" }
  | { kind: "done"; name: string | null; figures: ImportFigures }
  | { kind: "failed"; name: string | null; failure: Failure };

/** The rejections as lines of text, for a file: the line's number, a tab, and what was wrong. */
export function rejectionsText({ rejected }: ImportFigures): string {
  return rejected.map(({ line, error }) => `${line}\t${error.replace(/\s+/g, " ")}\n`).join("");
}
