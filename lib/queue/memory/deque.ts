/** A double-ended queue of numbers with constant-time operations. */
export interface Deque {
  readonly size: number;
  pushLeft(value: number): void;
  pushRight(value: number): void;
  popRight(): number | undefined;
  /** From left to right. */
  values(): Iterable<number>;
}

const SMALLEST = 1_024;

export function createDeque(): Deque {
  // A ring buffer whose length is a power of two, so that a mask wraps indexes.
  let ring = new Float64Array(SMALLEST);
  let left = 0;
  let size = 0;

  const at = (offset: number) => (left + offset) & (ring.length - 1);

  function resize(length: number) {
    const next = new Float64Array(length);
    for (let i = 0; i < size; i++) next[i] = ring[at(i)]!;
    ring = next;
    left = 0;
  }

  function makeRoom() {
    if (size === ring.length) resize(ring.length * 2);
  }

  return {
    get size() {
      return size;
    },
    pushLeft(value) {
      makeRoom();
      left = at(-1);
      ring[left] = value;
      size++;
    },
    pushRight(value) {
      makeRoom();
      ring[at(size)] = value;
      size++;
    },
    popRight() {
      if (size === 0) return undefined;
      size--;
      const value = ring[at(size)];
      if (size < ring.length / 4 && ring.length > SMALLEST) resize(ring.length / 2);
      return value;
    },
    *values() {
      for (let i = 0; i < size; i++) yield ring[at(i)]!;
    },
  };
}
