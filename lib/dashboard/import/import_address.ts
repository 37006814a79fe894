import { type ImportFigures, noFigures } from "../../wire/import_figures.ts";
import { wholeNumber } from "../shell/whole_number.ts";
import type { ImportDone } from "./import_state.ts";

/** Returns the URL of the import page with the result of an import, without the rejected lines. */
export function importPath(
  { accepted, duplicates, rejected_total, id }: ImportFigures,
): string {
  const figures = `imported=${accepted}&duplicates=${duplicates}&rejected=${rejected_total}`;
  return id === undefined ? `/import?${figures}` : `/import?${figures}&import=${id}`;
}

/** Parses the result of an import from a URL; null: there is none. */
export function readImport(query: URLSearchParams): ImportDone | null {
  const accepted = wholeNumber(query.get("imported"));
  if (accepted === null) return null;
  const duplicates = wholeNumber(query.get("duplicates")) ?? 0;
  const rejected_total = wholeNumber(query.get("rejected")) ?? 0;
  const id = wholeNumber(query.get("import"));
  return {
    kind: "done",
    name: null,
    figures: {
      ...noFigures(),
      accepted,
      duplicates,
      rejected_total,
      ...(id === null ? {} : { id }),
    },
  };
}
