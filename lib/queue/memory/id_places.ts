import type { Members, Placement, QueueCounts, Unfinished } from "../queue.ts";
import { DUE_AT_ONCE } from "../queue_limits.ts";
import type { ActiveSets } from "./active_sets.ts";
import { createDeque } from "./deque.ts";
import { createDueTimes } from "./due_times.ts";

/** Where each id of the queue is: pending, waiting for its retry, a dead letter, or active on a node. */
export interface IdPlaces {
  /** Moves due retries to pending, then up to `max` pending ids to the node's active set. */
  take(node: string, max: number): number[];
  /** Places ids in exactly one place each; skips those that fail `isOurs`. */
  place(placement: Placement, isOurs: (id: number) => boolean): void;
  /** Returns a node's active ids to pending; returns their number. */
  requeueActive(node: string): number;
  /** Returns those active ids of a node to pending that are not in progress; returns their number. */
  reconcile(node: string, inProgress: readonly number[]): number;
  /** Removes ids wherever they are. */
  remove(ids: readonly number[]): void;
  counts(): QueueCounts;
  members(): Members;
  /** Returns a function that lists the articles whose id is not where their state requires. */
  takeInventory(): (articles: readonly Unfinished[]) => number[];
  failed(state: "retry" | "dead"): number[];
}

/** `now` returns milliseconds since the epoch. */
export function createIdPlaces(active: ActiveSets, now: () => number): IdPlaces {
  const pending = createDeque();
  const retry = createDueTimes();
  const dead = new Map<number, number>();
  const waiting = () => new Set([...pending.values(), ...active.all()]);

  return {
    take(node, max) {
      for (const id of retry.takeDue(now(), DUE_AT_ONCE)) pending.pushLeft(id);
      const taken: number[] = [];
      for (let i = 0; i < max; i++) {
        const id = pending.popRight();
        if (id === undefined) break;
        if (active.add(node, id)) taken.push(id);
      }
      if (active.heldBy(node).articles > 0) active.renewLease(node);
      return taken;
    },

    place(placement, isOurs) {
      const time = now();
      const seen = new Set<number>();
      function move(id: number, put: () => void) {
        if (seen.has(id) || !isOurs(id)) return;
        seen.add(id);
        retry.delete(id);
        dead.delete(id);
        put();
      }
      for (const id of placement.pending) move(id, () => pending.pushLeft(id));
      for (const { id, dueInMs } of placement.retry) move(id, () => retry.set(id, time + dueInMs));
      for (const { id, diedAt } of placement.dead) move(id, () => dead.set(id, diedAt));
      for (const id of placement.gone) move(id, () => {});
    },

    requeueActive(node) {
      const ids = active.end(node);
      for (const id of ids) pending.pushRight(id);
      return ids.length;
    },

    reconcile(node, inProgress) {
      const known = new Set(inProgress);
      const strays = active.idsOf(node).filter((id) => !known.has(id));
      for (const id of strays) {
        active.remove(node, id);
        pending.pushRight(id);
      }
      return strays.length;
    },

    remove(ids) {
      const removed = new Set(ids);
      for (const id of ids) {
        retry.delete(id);
        dead.delete(id);
      }
      active.removeFromAll(ids);
      for (let left = pending.size; left > 0; left--) {
        const id = pending.popRight();
        if (id !== undefined && !removed.has(id)) pending.pushLeft(id);
      }
    },

    counts: () => ({
      pending: pending.size,
      retry: retry.size,
      dead: dead.size,
      active: active.size(),
    }),

    members: () => ({
      waiting: waiting(),
      retry: new Set(retry.ids()),
      dead: new Set(dead.keys()),
    }),

    takeInventory() {
      const queued = waiting();
      const retries = new Set(retry.ids());
      const isThere = ({ id, state }: Unfinished) =>
        state === "dead" ? dead.has(id) : queued.has(id) || state === "retry" && retries.has(id);
      return (articles) => articles.filter((each) => !isThere(each)).map(({ id }) => id);
    },

    failed: (state) => [...(state === "retry" ? retry.ids() : dead.keys())],
  };
}
