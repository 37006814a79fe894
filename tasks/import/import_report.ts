import type { ImportFigures } from "../../lib/wire/import_figures.ts";
import { isAllRejected } from "../../lib/wire/is_all_rejected.ts";

const LISTED = 20;

/** Formats the counts of an import as one line: always the first three, others if not 0, unless all are. */
export function figuresLine(figures: ImportFigures): string {
  const { accepted, duplicates, rejected_total, changed, updated, skipped } = figures;
  if (accepted + duplicates + rejected_total + changed + skipped === 0) {
    return "nothing was imported";
  }
  const more = [
    [changed - updated, "changed, not replaced (see --update)"],
    [updated, "updated"],
    [skipped, "skipped"],
  ] as const;
  return [
    `${accepted} accepted`,
    `${duplicates} ${duplicates === 1 ? "duplicate" : "duplicates"}`,
    `${rejected_total} rejected`,
    ...more.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  ].join(", ");
}

/** Formats an import's counts, rejections and notes as lines. */
export function reportLines(name: string, figures: ImportFigures): string[] {
  const { rejected, rejected_total, warnings, warnings_total } = figures;
  return [
    `${name}: ${isAllRejected(figures) ? "nothing was imported: " : ""}${figuresLine(figures)}`,
    ...listed(rejected, rejected_total, "  line"),
    ...listed(warnings, warnings_total, "  note, line"),
  ];
}

function listed(notes: ImportFigures["rejected"], total: number, before: string): string[] {
  const shown = notes.slice(0, LISTED).map(({ line, record, error }) =>
    `${before} ${line}${record === undefined ? "" : `, record ${record}`}: ${error}`
  );
  return total > shown.length ? [...shown, `  and ${total - shown.length} more`] : shown;
}

/** Returns the sum of several imports. */
export function sumFigures(all: readonly ImportFigures[]): ImportFigures {
  return all.reduce((total, one) => ({
    ...total,
    accepted: total.accepted + one.accepted,
    duplicates: total.duplicates + one.duplicates,
    changed: total.changed + one.changed,
    updated: total.updated + one.updated,
    skipped: total.skipped + one.skipped,
    rejected_total: total.rejected_total + one.rejected_total,
  }));
}

/**
 * Formats the rejected records of an import for a file: source, line, reason, separated by tabs. The reason starts with
 * the number of a record in JSON.
 */
export function rejectedLines(name: string, { rejected }: ImportFigures): string {
  return rejected.map(({ line, record, error }) => {
    const reason = record === undefined ? error : `record ${record}: ${error}`;
    return `${name}\t${line}\t${reason.replace(/\s+/g, " ")}\n`;
  }).join("");
}

/** Formats the files in folders that were not sent as a line; "" if there are none. */
export function passedOverLine(names: readonly string[]): string {
  if (names.length === 0) return "";
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  const listed = names.slice(0, LISTED).join(", ");
  return `Skipped, since their names are not those of a format that is read: ${listed}${more}\n`;
}
