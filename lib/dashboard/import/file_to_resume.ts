import { type ImportRecord, STANDARD_INPUT } from "../../wire/import_figures.ts";

/** Returns the file to choose again to resume an import on the page; null: that is impossible. */
export function fileToResume(
  { name, state, resumable }: Pick<ImportRecord, "name" | "state" | "resumable">,
): string | null {
  // An address and standard input were sent by the command line.
  const isFile = name !== null && name !== STANDARD_INPUT && !/^https?:\/\//i.test(name);
  return state === "stopped" && resumable !== false && isFile ? fileName(name) : null;
}

/** The command line names a file by its path. */
function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
