import fc from "fast-check";
import assert from "node:assert/strict";
import type { Parsed, Parser } from "../../lib/intake/parsed.ts";

/** Encodes text as UTF-8; returns bytes unchanged. */
export function bytesOf(input: string | Uint8Array): Uint8Array {
  return typeof input === "string" ? new TextEncoder().encode(input) : input;
}

/** A stream of chunks whose lengths cycle through `lengths`; a single chunk without them. */
export function bodyOf(
  input: string | Uint8Array,
  lengths: number[] = [],
): ReadableStream<Uint8Array> {
  const bytes = bytesOf(input);
  return ReadableStream.from((function* () {
    for (let from = 0, turn = 0; from < bytes.length; turn++) {
      const length = lengths[turn % lengths.length] ?? bytes.length;
      yield bytes.slice(from, from + length);
      from += length;
    }
  })());
}

/** Returns everything that a parser yields for an input. */
export async function parse(
  parser: Parser,
  input: string | Uint8Array,
  lengths: number[] = [],
): Promise<Parsed[]> {
  return await allOf(parser(bodyOf(input, lengths)));
}

/** Returns the records of all batches. */
export async function allOf(batches: AsyncIterable<Iterable<Parsed>>): Promise<Parsed[]> {
  const all: Parsed[] = [];
  for await (const some of batches) all.push(...some);
  return all;
}

/** Short forms for comparison: `3: title | content` or `3: ! error`. */
export async function summary(
  parser: Parser,
  input: string | Uint8Array,
): Promise<string[]> {
  return (await parse(parser, input)).map((one) =>
    one.kind === "article"
      ? `${one.line}: ${one.article.title} | ${one.article.content}`
      : `${one.line}: ${one.kind === "note" ? `~ ${one.note}` : `! ${one.error}`}`
  );
}

/** Asserts that a parser's output does not depend on where the input is split into chunks. */
export async function assertSameAtEachSplit(parser: Parser, input: string | Uint8Array) {
  const bytes = bytesOf(input);
  const whole = await parse(parser, bytes);
  assert.deepEqual(await parse(parser, bytes, [1]), whole);
  for (let at = 1; at < bytes.length; at++) {
    assert.deepEqual(await parse(parser, bytes, [at, bytes.length]), whole, `split at ${at}`);
  }
  const lengths = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(lengths, async (some) => {
      assert.deepEqual(await parse(parser, bytes, some), whole);
    }),
    { numRuns: 30 },
  );
}

/** Fuzzes a parser with random bytes, mixed with the delimiters of its format (`marks`). */
export async function fuzzParser(parser: Parser, marks: string[]) {
  const piece = fc.oneof(
    fc.constantFrom(...marks).map(bytesOf),
    fc.uint8Array({ maxLength: 4 }),
  );
  const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), lengths, async (pieces, some) => {
      const bytes = Uint8Array.from(pieces.flatMap((part) => [...part]));
      assert.deepEqual(await outcome(parser, bytes, some), await outcome(parser, bytes));
    }),
    { numRuns: 500 },
  );
}

/** The parser's output; an invalid charset is an outcome, too. */
async function outcome(parser: Parser, bytes: Uint8Array, lengths?: number[]) {
  try {
    return await parse(parser, bytes, lengths);
  } catch (error) {
    assert.ok(error instanceof TypeError && error.message.startsWith("Cannot read the text"));
    return error.message;
  }
}
