import fc from "fast-check";
import assert from "node:assert/strict";
import type { Parsed, Parser } from "../../lib/intake/parsed.ts";

/** UTF-8 of a text; bytes as they are. */
export function bytesOf(input: string | Uint8Array): Uint8Array {
  return typeof input === "string" ? new TextEncoder().encode(input) : input;
}

/** A body that comes in pieces of the given lengths, over and over; whole without lengths. */
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

/** All that a parser makes of an input. */
export async function parse(
  parser: Parser,
  input: string | Uint8Array,
  lengths: number[] = [],
): Promise<Parsed[]> {
  return await Array.fromAsync(parser(bodyOf(input, lengths)));
}

/** Short forms for comparing: `3: title | content` or `3: ! error`. */
export async function summary(
  parser: Parser,
  input: string | Uint8Array,
): Promise<string[]> {
  return (await parse(parser, input)).map((one) =>
    one.kind === "article"
      ? `${one.line}: ${one.article.title} | ${one.article.content}`
      : `${one.line}: ! ${one.error}`
  );
}

/** Fails unless a parser makes the same of an input wherever that is cut. */
export async function assertSameHoweverCut(parser: Parser, input: string | Uint8Array) {
  const bytes = bytesOf(input);
  const whole = await parse(parser, bytes);
  assert.deepEqual(await parse(parser, bytes, [1]), whole);
  for (let at = 1; at < bytes.length; at++) {
    assert.deepEqual(await parse(parser, bytes, [at, bytes.length]), whole, `cut at ${at}`);
  }
  const lengths = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(lengths, async (some) => {
      assert.deepEqual(await parse(parser, bytes, some), whole);
    }),
    { numRuns: 30 },
  );
}

/** Fails unless a parser bears any bytes, made likelier to hurt by the marks of its format. */
export async function assertBearsAnything(parser: Parser, marks: string[]) {
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

/** What the parser makes of the bytes; that they are not in the charset they claim is an answer too. */
async function outcome(parser: Parser, bytes: Uint8Array, lengths?: number[]) {
  try {
    return await parse(parser, bytes, lengths);
  } catch (error) {
    assert.ok(error instanceof TypeError && error.message.startsWith("Cannot read the text"));
    return error.message;
  }
}
