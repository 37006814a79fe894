import assert from "node:assert/strict";
import { computed, type Signal, signal } from "@preact/signals";
import fc from "fast-check";
import { parseProps, stringifyProps } from "../../../lib/fresh/shared/island_props.ts";

function roundTrip(props: Record<string, unknown>): Record<string, unknown> {
  const [result] = parseProps(stringifyProps([props]));
  assert.ok(result !== undefined);
  return result;
}

Deno.test("whatever a prop can be arrives as it was sent", () => {
  const value = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
  });
  fc.assert(fc.property(value, (value) => {
    assert.deepEqual(roundTrip({ value }).value, value);
  }));
});

Deno.test("URLs, regular expressions and special numbers keep their kind", () => {
  const props = {
    url: new URL("https://example.org/?q=1"),
    expression: /a+/gi,
    numbers: [NaN, Infinity, -Infinity, -0],
    missing: undefined,
    nothing: null,
  };
  assert.deepEqual(roundTrip(props), props);
});

Deno.test("one object in two places is one again, in a circle too", () => {
  const shared = { name: "shared" };
  const circle: Record<string, unknown> = { shared };
  circle.self = circle;
  const [first, second] = parseProps(stringifyProps([{ shared, circle }, { shared }]));
  assert.equal(first?.shared, second?.shared);
  const received = first?.circle as typeof circle;
  assert.equal(received.self, received);
  assert.equal(received.shared, second?.shared);
});

Deno.test("a signal given to two islands is one signal that can be written to", () => {
  const count = signal(3);
  const [first, second] = parseProps(stringifyProps([{ count }, { nested: { count } }]));
  const received = first?.count as Signal<number>;
  assert.equal((second?.nested as typeof first)?.count, received);
  received.value++;
  assert.equal(received.value, 4);
});

Deno.test("a computed signal arrives with its present value, to be read only", () => {
  const count = signal(2);
  const received = roundTrip({ doubled: computed(() => count.value * 2) }).doubled as Signal;
  assert.equal(received.value, 4);
  assert.throws(() => received.value = 5, TypeError);
});

Deno.test("a function cannot be sent, and the error says where it is", () => {
  assert.throws(() => stringifyProps([{ list: [{ onClick: () => {} }] }]), {
    name: "TypeError",
    message: /Cannot send the islands' props .*function.*\[0\]\.list\[0\]\.onClick/,
  });
});
