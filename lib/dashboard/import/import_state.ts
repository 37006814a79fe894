import type { ImportFigures } from "../../wire/import_figures.ts";
import type { Failure } from "../requests/api.ts";

/** A complete import; `name` is a file's, or null for pasted text. */
export interface ImportDone {
  kind: "done";
  name: string | null;
  figures: ImportFigures;
}

/** The result of an import. */
export type ImportState = ImportDone | { kind: "failed"; failure: Failure };

/** What a form without scripts was submitted with, and why that was not imported. */
export interface RefusedForm {
  failure: Failure;
  text: string;
  charset: string;
}

/** Formats the rejections as text for a file: line number, tab, error. */
export function rejectionsText({ rejected }: ImportFigures): string {
  return rejected.map(({ line, error }) => `${line}\t${error.replace(/\s+/g, " ")}\n`).join("");
}
