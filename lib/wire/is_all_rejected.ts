import type { ImportFigures } from "./import_figures.ts";

/** Whether all records of an import were rejected, and no article is stored by it or was before. */
export function isAllRejected(figures: ImportFigures): boolean {
  const { accepted, duplicates, changed, rejected_total } = figures;
  return rejected_total > 0 && accepted + duplicates + changed === 0;
}
