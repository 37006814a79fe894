const BITS_A_MEMBER = 16;
const HASHES = 4;
const FEWEST_BITS = 1 << 20;

/**
 * A Bloom filter for whole numbers of any size, two bytes each. It has no false negatives; its rate of false
 * positives is one in some hundreds, different ones with each seed.
 */
export interface BloomFilter {
  add(value: number): void;
  has(value: number): boolean;
}

/** `members` is the expected number of members. */
export function createBloomFilter(
  members: number,
  seed = Math.floor(Math.random() * 2 ** 32),
): BloomFilter {
  const size = 2 ** Math.ceil(Math.log2(Math.max(FEWEST_BITS, members * BITS_A_MEMBER)));
  const bits = new Uint32Array(size / 32);

  /** Double hashing: derives all hashes from two (Kirsch and Mitzenmacher). */
  function* positions(value: number) {
    const low = value >>> 0;
    const high = Math.floor(value / 2 ** 32);
    const first = mix(low ^ seed ^ mix(high + 0x9e3779b9));
    const second = mix(first ^ low ^ 0x85ebca6b) | 1;
    for (let i = 0; i < HASHES; i++) yield ((first + i * second) >>> 0) % size;
  }

  return {
    add(value) {
      for (const at of positions(value)) bits[at >>> 5]! |= 1 << (at & 31);
    },
    has(value) {
      for (const at of positions(value)) {
        if ((bits[at >>> 5]! & (1 << (at & 31))) === 0) return false;
      }
      return true;
    },
  };
}

/** The finalizer of MurmurHash3: every bit of the input changes half of those of the output. */
function mix(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
