import { isBreakdown } from "../../wire/breakdown.ts";
import type { BreakdownChoice } from "./breakdown_model.ts";

/** The breakdown in a URL: `by`, and `a` and `b` for two to compare. */
export function readBreakdownChoice(query: URLSearchParams): BreakdownChoice {
  const by = query.get("by");
  if (!isBreakdown(by)) return { by: null, pair: [] };
  const [a = "", b = ""] = [query.get("a") ?? "", query.get("b") ?? ""];
  return { by, pair: a !== "" && b !== "" && a !== b ? [a, b] : [] };
}

/** The breakdown as URL parameters. */
export function breakdownEntries({ by, pair: [a, b] }: BreakdownChoice): [string, string][] {
  if (by === null) return [];
  return a === undefined || b === undefined ? [["by", by]] : [["by", by], ["a", a], ["b", b]];
}

/** Sets the choice in URL parameters, replacing a previous one. */
export function writeBreakdownChoice(query: URLSearchParams, choice: BreakdownChoice): void {
  for (const name of ["by", "a", "b"]) query.delete(name);
  for (const [name, value] of breakdownEntries(choice)) query.set(name, value);
}
