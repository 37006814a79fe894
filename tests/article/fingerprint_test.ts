import assert from "node:assert/strict";
import fc from "fast-check";
import { fingerprint } from "../../lib/article/fingerprint.ts";

function of(message: string): string {
  return fingerprint({ reason: "threw", message });
}

Deno.test("fingerprint() folds numbers, quotes, hex and UUIDs", () => {
  assert.equal(of("Cannot read 12 of 3,456 at 7:30"), "threw: Cannot read # of # at #");
  assert.equal(of(`Unexpected token "}" in 'file.json'`), "threw: Unexpected token … in …");
  assert.equal(of("找不到「水车」和“木轮”"), "threw: 找不到…和…");
  assert.equal(of("page 0xDEADbeef is gone"), "threw: page # is gone");
  assert.equal(
    of("id 123e4567-e89b-12d3-a456-426614174000, hash 9f86d081884c7d65"),
    "threw: id #, hash #",
  );
});

Deno.test("fingerprint() keeps words that only resemble ids", () => {
  assert.equal(
    of("It's the caller's fault, don't ask"),
    "threw: It's the caller's fault, don't ask",
  );
  assert.equal(of("a defaced facade"), "threw: a defaced facade");
});

Deno.test("fingerprint() distinguishes reasons", () => {
  assert.notEqual(
    fingerprint({ reason: "crashed", message: "x" }),
    fingerprint({ reason: "timed_out", message: "x" }),
  );
});

Deno.test("fingerprint() is equal for failures that differ only in a number", () => {
  fc.assert(fc.property(fc.nat(), fc.nat(), (one, other) => {
    assert.equal(
      of(`There is no article with the id ${one}`),
      of(`There is no article with the id ${other}`),
    );
  }));
});

Deno.test("fingerprint() returns one short line for any message", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (message) => {
    const print = of(message);
    assert.ok(Array.from(print).length <= 170);
    assert.ok(!print.includes("\n"));
    assert.equal(print, of(message));
  }));
});
