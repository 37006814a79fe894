const LOOK_EVERY_MS = 5_000;

/**
 * The ids that this process was given and has not settled. An answer to `take` may be lost with its
 * connection after Redis has moved the ids: they are active then, and nobody works on them.
 */
export interface HandedOut {
  add(node: string, ids: Iterable<number>): void;
  remove(node: string, ids: Iterable<number>): void;
  clear(node: string): void;
  /** Those of the node's active ids that it was never told of; looks only every few seconds. */
  findLost(node: string, readActive: () => Promise<number[]>): Promise<number[]>;
}

export function createHandedOut(now: () => number = () => performance.now()): HandedOut {
  const known = new Map<string, Set<number>>();
  const lookedAt = new Map<string, number>();

  function of(node: string): Set<number> {
    const ids = known.get(node) ?? new Set();
    known.set(node, ids);
    return ids;
  }

  return {
    add(node, ids) {
      for (const id of ids) of(node).add(id);
    },
    remove(node, ids) {
      for (const id of ids) of(node).delete(id);
    },
    clear: (node) => void known.delete(node),
    async findLost(node, readActive) {
      const last = lookedAt.get(node);
      if (last !== undefined && now() - last < LOOK_EVERY_MS) return [];
      const active = await readActive();
      lookedAt.set(node, now());
      return active.filter((id) => !of(node).has(id));
    },
  };
}
