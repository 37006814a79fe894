import type { ImportFigures, ImportRecord } from "../../wire/import_figures.ts";
import { localizeMessage } from "../localize_message.ts";

/** Words what an import says about its records for a reader. */
export function localizeFigures(request: Request, figures: ImportFigures): ImportFigures {
  const worded = <Each extends { error?: string | undefined }>(each: Each): Each =>
    each.error === undefined ? each : { ...each, error: localizeMessage(request, each.error) };
  const { rejected, warnings, results } = figures;
  return {
    ...figures,
    rejected: rejected.map(worded),
    warnings: warnings.map(worded),
    ...(results === undefined ? {} : { results: results.map(worded) }),
  };
}

/** Words a recorded import for a reader, with the reason why it stopped. */
export function localizeImport(request: Request, record: ImportRecord): ImportRecord {
  const { reason, figures } = record;
  return {
    ...record,
    reason: reason === null ? null : localizeMessage(request, reason),
    figures: localizeFigures(request, figures),
  };
}
