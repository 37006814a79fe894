import type { Computed } from "../../workers/protocol.ts";
import type { WorkerHandle } from "./worker_handle.ts";

/** A worker as displayed. The row persists when the worker behind it is replaced. */
export interface WorkerRow {
  id: number;
  state: "starting" | "idle" | "busy";
  /** Articles in progress. */
  articles: number;
  /** When it entered this state, ms since the epoch. */
  since: number;
  processed: number;
  failed: number;
  /** Average milliseconds per article. */
  averageMs: number;
}

/** A worker with the parts that it was given. */
export interface Slot {
  id: number;
  worker: WorkerHandle;
  state: WorkerRow["state"];
  since: number;
  parts: number;
  articles: number;
  interrupted: number;
  /** Persists across replacements of the worker. */
  tally: { processed: number; failed: number; busyMs: number };
}

export function createSlot(given: Pick<Slot, "id" | "worker" | "tally" | "since">): Slot {
  return { ...given, state: "starting", parts: 0, articles: 0, interrupted: 0 };
}

/** Returns the slot with the fewest parts, if one has started and has fewer than `most`. */
export function leastLoaded(slots: Iterable<Slot>, most: number): Slot | null {
  let best: Slot | null = null;
  for (const slot of slots) {
    if (slot.state === "starting" || slot.parts >= most) continue;
    if (best === null || slot.parts < best.parts) best = slot;
  }
  return best;
}

/** Adds the outcomes of a part to the slot's tally. */
export function countRun({ tally }: Slot, { outcomes, cleanMs, annotateMs }: Computed) {
  const processed = outcomes.filter(({ kind }) => kind === "processed").length;
  tally.processed += processed;
  tally.failed += outcomes.length - processed;
  tally.busyMs += cleanMs + annotateMs;
}

export function toRow({ id, state, since, articles, tally }: Slot): WorkerRow {
  const { processed, failed, busyMs } = tally;
  const averageMs = processed + failed > 0 ? busyMs / (processed + failed) : 0;
  return { id, state, since, articles, processed, failed, averageMs };
}
