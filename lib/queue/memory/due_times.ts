/** Ids by due time; a priority queue with logarithmic operations. */
export interface DueTimes {
  readonly size: number;
  set(id: number, dueAt: number): void;
  delete(id: number): void;
  /** Removes and returns up to `max` ids that are due at `time`, earliest first. */
  takeDue(time: number, max: number): number[];
  ids(): Iterable<number>;
}

interface Entry {
  id: number;
  dueAt: number;
}

export function createDueTimes(): DueTimes {
  const dueAtById = new Map<number, number>();
  // A binary min-heap. Entries that differ from the map are stale.
  let heap: Entry[] = [];

  const isStale = ({ id, dueAt }: Entry) => dueAtById.get(id) !== dueAt;

  function push(entry: Entry) {
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.dueAt <= entry.dueAt) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  function pop(): void {
    const entry = heap.pop();
    if (entry === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && right.dueAt < heap[child]!.dueAt) child++;
      if (entry.dueAt <= heap[child]!.dueAt) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = entry;
  }

  /** Removes stale entries, so that repeated updates do not accumulate. */
  function sweep() {
    if (heap.length <= 2 * dueAtById.size + 1_000) return;
    heap = Array.from(dueAtById, ([id, dueAt]) => ({ id, dueAt }))
      .sort((a, b) => a.dueAt - b.dueAt);
  }

  return {
    get size() {
      return dueAtById.size;
    },
    set(id, dueAt) {
      if (dueAtById.get(id) === dueAt) return;
      dueAtById.set(id, dueAt);
      push({ id, dueAt });
      sweep();
    },
    delete(id) {
      if (dueAtById.delete(id)) sweep();
    },
    takeDue(time, max) {
      const due: number[] = [];
      while (due.length < max && heap[0] !== undefined && heap[0].dueAt <= time) {
        const entry = heap[0];
        pop();
        if (isStale(entry)) continue;
        dueAtById.delete(entry.id);
        due.push(entry.id);
      }
      return due;
    },
    ids: () => dueAtById.keys(),
  };
}
