import assert from "node:assert/strict";
import { computed, type Signal, signal } from "@preact/signals";
import fc from "fast-check";
import { parseProps } from "../../browser/parse_props.ts";
import { serializeProps } from "../../server/serialize_props.ts";
import { SlotReference } from "../../shared/slot_reference.ts";

function roundTrip(props: Record<string, unknown>): Record<string, unknown> {
  const [result] = parseProps(serializeProps([props]));
  assert.ok(result !== undefined);
  return result;
}

Deno.test("plain values, dates, maps, sets and big integers round-trip", () => {
  const value = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    key: fc.string().filter((key) => key !== "__proto__"),
  });
  fc.assert(fc.property(value, (value) => {
    assert.deepEqual(roundTrip({ value }).value, value);
  }));
});

Deno.test("URLs, regular expressions, bytes, special numbers and slots keep their type", () => {
  const props = {
    url: new URL("https://example.org/?q=1"),
    expression: /a"\/+/gi,
    bytes: new Uint8Array([1, 2, 255]),
    numbers: [NaN, Infinity, -Infinity, -0],
    missing: undefined,
    nothing: null,
    slot: new SlotReference(3),
  };
  assert.deepEqual(roundTrip(props), props);
});

Deno.test("other objects become plain ones with the same fields", () => {
  class Point {
    x = 1;
  }
  assert.deepEqual(roundTrip({ value: [new Point(), new Uint16Array([7]), new Error("e")] }), {
    value: [{ x: 1 }, { 0: 7 }, {}],
  });
});

Deno.test("object identity is preserved, also in cycles", () => {
  const shared = { name: "shared" };
  const cycle: Record<string, unknown> = { shared };
  cycle.self = cycle;
  const [first, second] = parseProps(serializeProps([{ shared, cycle }, { shared }]));
  assert.equal(first?.shared, second?.shared);
  const received = first?.cycle as typeof cycle;
  assert.equal(received.self, received);
  assert.equal(received.shared, second?.shared);
});

Deno.test("a signal passed to two islands is one writable signal", () => {
  const count = signal(3);
  const [first, second] = parseProps(serializeProps([{ count }, { nested: { count } }]));
  const received = first?.count as Signal<number>;
  assert.equal((second?.nested as typeof first)?.count, received);
  received.value++;
  assert.equal(received.value, 4);
});

Deno.test("a computed signal arrives with its current value and is read-only", () => {
  const count = signal(2);
  const received = roundTrip({ doubled: computed(() => count.value * 2) }).doubled as Signal;
  assert.equal(received.value, 4);
  assert.throws(() => received.value = 5, TypeError);
});

Deno.test("a function cannot be serialized, and a symbol yields text that cannot be parsed", () => {
  assert.throws(() => serializeProps([{ list: [{ onClick: () => {} }] }]), TypeError);
  assert.throws(() => parseProps(serializeProps([{ mark: Symbol() }])), SyntaxError);
});
