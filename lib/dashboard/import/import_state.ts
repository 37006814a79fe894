import type { ImportFigures } from "../../wire/import_figures.ts";
import type { Failure } from "../requests/api.ts";

/** A complete import; `name` is a file's, or null for pasted text. */
export interface ImportDone {
  kind: "done";
  name: string | null;
  figures: ImportFigures;
}

/** Returns the number of a finished import, if it has articles to list. */
export function importToList({ accepted, id }: ImportFigures): number | null {
  return accepted > 0 ? id ?? null : null;
}

/** The result of an import. */
export type ImportState = ImportDone | { kind: "failed"; failure: Failure };

/** What a form without scripts was submitted with, and why that was not imported. */
export interface RefusedForm {
  failure: Failure;
  text: string;
  charset: string;
}

/** Formats the rejections as text for a file: line, tab, error, which starts with the number of a record in JSON. */
export function rejectionsText({ rejected }: ImportFigures): string {
  return rejected.map(({ line, record, error }) => {
    const reason = record === undefined ? error : `record ${record}: ${error}`;
    return `${line}\t${reason.replace(/\s+/g, " ")}\n`;
  }).join("");
}
