import { NODES_LISTED, NODES_LISTED_BYTES } from "../queue_limits.ts";

/** A node's row of the status, as far as it decides whether the row is listed. */
interface Row {
  node: string;
  lost: boolean;
  in_flight: number;
  [field: string]: unknown;
}

/** The rows that a status lists, by name: those that need attention first, as many as fit. */
export function listNodes<R extends Row>(rows: readonly R[]): R[] {
  const byName = (a: R, b: R) => a.node < b.node ? -1 : 1;
  const chosen: R[] = [];
  let bytes = 0;
  for (const row of rows.toSorted((a, b) => rankOf(a) - rankOf(b) || byName(a, b))) {
    bytes += new TextEncoder().encode(JSON.stringify(row)).length;
    if (chosen.length === NODES_LISTED || chosen.length > 0 && bytes > NODES_LISTED_BYTES) break;
    chosen.push(row);
  }
  return chosen.sort(byName);
}

/** Nodes that need attention come first. */
function rankOf({ lost, in_flight, outages, clock_off_ms, paused }: Row): number {
  if (lost) return in_flight > 0 ? 1 : 2;
  if (Array.isArray(outages) && outages.length > 0) return 3;
  if (typeof clock_off_ms === "number") return 4;
  return paused === true ? 5 : 6;
}
