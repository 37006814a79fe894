import type { ImportFigures } from "../../wire/import_figures.ts";
import type { Failure } from "../requests/api.ts";

/** The result of an import; `name` is a file's, or null for pasted text. */
export type ImportState =
  | { kind: "idle" }
  | { kind: "done"; name: string | null; figures: ImportFigures }
  | { kind: "failed"; name: string | null; failure: Failure };

/** Formats the rejections as text for a file: line number, tab, error. */
export function rejectionsText({ rejected }: ImportFigures): string {
  return rejected.map(({ line, error }) => `${line}\t${error.replace(/\s+/g, " ")}\n`).join("");
}
