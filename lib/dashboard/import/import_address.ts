import { noFigures } from "../../wire/import_figures.ts";
import { failureNamed, reasonOf } from "../requests/result_address.ts";
import { wholeNumber } from "../shell/whole_number.ts";
import type { ImportState } from "./import_state.ts";

/** Returns the URL of the import page with the result of an import, without the rejected lines. */
export function importPath(state: ImportState): string {
  switch (state.kind) {
    case "done": {
      const { accepted, duplicates, rejected_total, newest_id } = state.figures;
      const figures = `imported=${accepted}&duplicates=${duplicates}&rejected=${rejected_total}`;
      return newest_id === null ? `/import?${figures}` : `/import?${figures}&newest=${newest_id}`;
    }
    case "failed":
      return `/import?failed=import&reason=${reasonOf(state.failure)}`;
    case "idle":
      return "/import";
  }
}

/** Parses the result of an import from a URL. */
export function readImport(query: URLSearchParams): ImportState {
  const failure = failureNamed(query.get("reason"));
  if (query.get("failed") === "import" && failure) return { kind: "failed", name: null, failure };
  const accepted = wholeNumber(query.get("imported"));
  if (accepted === null) return { kind: "idle" };
  const duplicates = wholeNumber(query.get("duplicates")) ?? 0;
  const rejected_total = wholeNumber(query.get("rejected")) ?? 0;
  const newest_id = wholeNumber(query.get("newest"));
  return {
    kind: "done",
    name: null,
    figures: { ...noFigures(), accepted, duplicates, rejected_total, newest_id },
  };
}
