import { LEASE_MS } from "../queue_limits.ts";

/** The ids that each node has taken and not settled, with the node's lease. */
export interface ActiveSets {
  /** Adds an id; returns false if the node held it already. */
  add(node: string, id: number): boolean;
  /** Removes an id; returns false if the node did not hold it. */
  remove(node: string, id: number): boolean;
  removeFromAll(ids: readonly number[]): void;
  renewLease(node: string): void;
  /** The nodes whose lease has expired. */
  expired(): string[];
  /** Removes a node with its lease; returns the ids that it held. */
  end(node: string): number[];
  idsOf(node: string): number[];
  /** The ids of all nodes. */
  all(): number[];
  /** The number of ids of all nodes. */
  size(): number;
  /** The number of a node's ids, and the end of its lease, ms since the epoch; null if it holds none. */
  heldBy(node: string): { articles: number; leaseUntil: number | null };
}

/** `now` returns milliseconds since the epoch. */
export function createActiveSets(now: () => number): ActiveSets {
  const sets = new Map<string, Set<number>>();
  const leaseEnds = new Map<string, number>();
  const idsOf = (node: string) => [...sets.get(node) ?? []];

  return {
    add(node, id) {
      const held = sets.get(node) ?? new Set();
      if (held.has(id)) return false;
      sets.set(node, held.add(id));
      return true;
    },
    remove: (node, id) => sets.get(node)?.delete(id) ?? false,
    removeFromAll(ids) {
      for (const held of sets.values()) {
        for (const id of ids) held.delete(id);
      }
    },
    renewLease: (node) => void leaseEnds.set(node, now() + LEASE_MS),
    expired() {
      const time = now();
      return [...leaseEnds].flatMap(([node, end]) => end <= time ? node : []);
    },
    end(node) {
      const ids = idsOf(node);
      sets.delete(node);
      leaseEnds.delete(node);
      return ids;
    },
    idsOf,
    all: () => [...sets.values()].flatMap((held) => [...held]),
    size: () => sets.values().reduce((sum, held) => sum + held.size, 0),
    heldBy(node) {
      const articles = sets.get(node)?.size ?? 0;
      return { articles, leaseUntil: articles > 0 ? leaseEnds.get(node) ?? null : null };
    },
  };
}
