import { computed, signal } from "@preact/signals";
import { Point } from "./describe.ts";

/** The values that `/props/…` passes to an island, by their names in the URL. */
export const kinds: Record<string, () => unknown> = {
  undefined: () => undefined,
  null: () => null,
  booleans: () => [true, false],
  numbers: () => [0.1, -0, NaN, Infinity, -Infinity],
  bigint: () => 123456789012345678901234567890n,
  strings: () => ["", "</script><!--", '"\\\u2028', "\ud800x", "__proto__"],
  date: () => new Date(0),
  "invalid date": () => new Date(NaN),
  map: () => new Map<unknown, unknown>([["a", 1], [2, { b: [3n] }]]),
  set: () => new Set<unknown>([1, "a", new Date(0)]),
  URL: () => new URL("http://a.example/b?c=d#e"),
  URLSearchParams: () => new URLSearchParams("a=1&b=2"),
  RegExp: () => /a"\/</gi,
  Uint8Array: () => new Uint8Array([1, 2, 255]),
  "Uint8Array, part of a buffer": () => new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
  Uint16Array: () => new Uint16Array([1, 65535]),
  Float64Array: () => new Float64Array([1.5]),
  ArrayBuffer: () => new Uint8Array([1, 2]).buffer,
  // deno-lint-ignore no-sparse-arrays
  holes: () => [1, , 3],
  "undefined fields": () => ({ a: undefined, b: [undefined] }),
  nested: () => ({ a: { b: [{ c: new Map([[1, new Set([2])]]) }] } }),
  circle: () => {
    const circle: Record<string, unknown> = { a: 1 };
    return Object.assign(circle, { again: circle });
  },
  "same object twice": () => {
    const one = { a: 1 };
    return [one, one];
  },
  "class instance": () => new Point(),
  error: () => new Error("detail"),
  promise: () => Promise.resolve(1),
  "object without prototype": () => Object.assign(Object.create(null), { a: 1 }),
  "__proto__ key": () => JSON.parse('{"__proto__":{"x":1},"a":2}'),
  signal: () => signal({ a: 1 }),
  computed: () => computed(() => 2),
  "same signal twice": () => {
    const one = signal(1);
    return [one, one];
  },
  "signal in a map": () => new Map([["a", signal(new Date(0))]]),
  symbol: () => Symbol("s"),
  function: () => () => 1,
};
