import type { FailureSnapshot } from "./failure_columns.ts";

/** The position of a change in the old snapshot. */
interface Splice {
  at: number;
  /** Whether the failure at that position is removed. */
  removes: boolean;
  /** Whether the changed failure is inserted there. */
  inserts: boolean;
}

/**
 * Applies changes to a snapshot and returns a new one. A change whose `dead` is -1 removes its failure. Runs
 * between changes are copied in bulk, so a snapshot of a hundred thousand takes a few milliseconds.
 */
export function spliceFailures(
  before: FailureSnapshot,
  changes: FailureSnapshot,
): FailureSnapshot {
  const { at, ids, dead } = changes;
  if (changes.length === 0) return { ...before, at };
  const splices: Splice[] = [];
  let length = before.length;
  let place = 0;
  for (let change = 0; change < changes.length; change++) {
    place = lowerBound(before.ids, ids[change]!, place);
    const removes = before.ids[place] === ids[change];
    const inserts = dead[change] !== -1;
    length += Number(inserts) - Number(removes);
    splices.push({ at: place, removes, inserts });
  }

  function spliced<Column extends Int32Array | Float64Array>(
    after: Column,
    old: Column,
    changed: Column,
  ): Column {
    let from = 0;
    let to = 0;
    for (const [change, { at, removes, inserts }] of splices.entries()) {
      after.set(old.subarray(from, at), to);
      to += at - from;
      from = at + Number(removes);
      if (inserts) after[to++] = changed[change]!;
    }
    after.set(old.subarray(from), to);
    return after;
  }
  const integers = (old: Int32Array, changed: Int32Array) =>
    spliced(new Int32Array(length), old, changed);
  const doubles = (old: Float64Array, changed: Float64Array) =>
    spliced(new Float64Array(length), old, changed);

  return {
    length,
    at,
    ids: doubles(before.ids, ids),
    dead: integers(before.dead, dead),
    lastFailedAt: doubles(before.lastFailedAt, changes.lastFailedAt),
    firstFailedAt: integers(before.firstFailedAt, changes.firstFailedAt),
    keys: {
      reason: integers(before.keys.reason, changes.keys.reason),
      cause: integers(before.keys.cause, changes.keys.cause),
      group: integers(before.keys.group, changes.keys.group),
      source: integers(before.keys.source, changes.keys.source),
      node: integers(before.keys.node, changes.keys.node),
    },
  };
}

/** Binary search: the first index from `from` on with a value of at least `wanted`. */
function lowerBound(values: Float64Array, wanted: number, from: number): number {
  let [low, high] = [from, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
