/**
 * A compact trie in flat arrays. Letters are numbers from 1 to 2^14 - 1, nodes numbers from 1; 0 means no
 * node, or the root when adding.
 */
export interface Trie {
  /** Returns the root's child for `letter`, or 0. */
  first(letter: number): number;
  /** Returns the child of `node` for `letter`, or 0. */
  next(node: number, letter: number): number;
  /**
   * Returns the child of `node` for `letter`, added if missing. Throws `RangeError` for a letter out of range,
   * which would collide with another one.
   */
  add(node: number, letter: number): number;
  /** Returns a copy with capacity for `more` nodes. */
  copy(more: number): Trie;
}

const LETTER_BITS = 14;
/** Returns a 32-bit key, possibly negative: keys are only compared. */
const MOST_NODES = 2 ** (32 - LETTER_BITS) - 1;

/** Creates an empty trie for up to `capacity` nodes, beyond which adding throws `RangeError`. */
export function createTrie(capacity: number): Trie {
  const bits = Math.max(2, Math.ceil(Math.log2(2 * (capacity + 1))));
  return trieOf(new Int32Array(1 << LETTER_BITS), new Int32Array(2 << bits), 0, capacity);
}

/**
 * @param roots The nodes of first letters, by letter.
 * @param table An open-addressing hash table, half full at most: keys of node and letter at even places,
 * each followed by the child.
 */
function trieOf(roots: Int32Array, table: Int32Array, nodes: number, capacity: number): Trie {
  if (capacity > MOST_NODES) throw new RangeError(`Cannot make a trie of ${capacity} nodes`);
  const mask = table.length - 1;
  const shift = Math.clz32(mask) + 1;
  let count = nodes;

  /** Fibonacci hashing, to an even place. */
  const slotOf = (key: number) => Math.imul(key, 0x9e3779b1) >>> shift << 1;

  function next(node: number, letter: number): number {
    const key = node << LETTER_BITS | letter;
    for (let slot = slotOf(key);; slot = (slot + 2) & mask) {
      const found = table[slot]!;
      if (found === key) return table[slot + 1]!;
      if (found === 0) return 0;
    }
  }

  function put(key: number, child: number) {
    let slot = slotOf(key);
    while (table[slot] !== 0) slot = (slot + 2) & mask;
    table[slot] = key;
    table[slot + 1] = child;
  }

  return {
    first: (letter) => roots[letter]!,
    next,
    add(node, letter) {
      if (letter < 1 || letter >> LETTER_BITS !== 0) {
        throw new RangeError(`Cannot add letter ${letter}`);
      }
      if (count === capacity) throw new RangeError(`Cannot add a node: there are ${capacity}`);
      const child = ++count;
      if (node === 0) roots[letter] = child;
      else put(node << LETTER_BITS | letter, child);
      return child;
    },
    copy(more) {
      // The table keeps its size below the load limit, which an operator's words never reach.
      const room = (table.length >> 1) * 3 / 4;
      if (count + more > room) throw new RangeError(`Cannot add ${more} nodes to ${count}`);
      return trieOf(roots.slice(), table.slice(), count, count + more);
    },
  };
}
