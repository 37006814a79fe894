import assert from "node:assert/strict";
import { expected } from "../../lib/intake/format_name.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { createYielder, yieldBetweenSlices } from "../../lib/intake/yield_to_event_loop.ts";

async function* once(bytes: Uint8Array) {
  yield bytes;
}

Deno.test("yieldBetweenSlices() forwards every byte in order, in small slices", async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(50_001));
  const slices: Uint8Array[] = [];
  for await (const slice of yieldBetweenSlices(once(bytes), createYielder())) {
    slices.push(slice.slice());
  }
  assert.ok(slices.every(({ length }) => length <= 16 * 1024));
  assert.deepEqual(new Uint8Array(slices.flatMap((slice) => [...slice])), bytes);
});

for (
  const [name, contentType, bytes] of [
    ["line breaks", "application/x-ndjson", new Uint8Array(12_000_000).fill(0x0a)],
    // Short enough to be buffered for detection: every byte is an invalid JSON record.
    ["braces", "application/json", new Uint8Array(40_000).fill(0x7b)],
  ] as const
) {
  Deno.test(`parsing a body of ${name} yields to the event loop`, async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    try {
      for await (const some of readInput(once(bytes), expected({ contentType }))) {
        assert.ok(some.every(({ kind }) => kind === "rejected"));
      }
    } finally {
      clearInterval(timer);
    }
    assert.ok(turns > 5, `the event loop had ${turns} turns`);
  });
}

Deno.test("a body is not read further after its client disconnects", async () => {
  const gone = new AbortController();
  const slices = yieldBetweenSlices(once(new Uint8Array(100_000)), createYielder(gone.signal));
  await slices.next();
  gone.abort();
  await assert.rejects(slices.next(), { name: "AbortError" });
});
