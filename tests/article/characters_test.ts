import assert from "node:assert/strict";
import fc from "fast-check";
import { firstCharacters, hasCharacters, isLowHalf } from "../../lib/article/characters.ts";

const text = fc.string({ unit: "binary", maxLength: 30 });

Deno.test("hasCharacters() counts an astral character once", () => {
  assert.ok(hasCharacters("😀😀", 2));
  assert.ok(!hasCharacters("😀😀", 3));
  fc.assert(fc.property(text, fc.nat(35), (text, count) => {
    assert.equal(hasCharacters(text, count), Array.from(text).length >= count);
  }));
});

Deno.test("firstCharacters() never splits a character", () => {
  fc.assert(fc.property(text, fc.nat(35), (text, count) => {
    assert.equal(firstCharacters(text, count), Array.from(text).slice(0, count).join(""));
  }));
});

Deno.test("isLowHalf() distinguishes low surrogates of pairs from lone surrogates", () => {
  assert.ok(isLowHalf("😀", 1));
  assert.ok(!isLowHalf("😀", 0));
  assert.ok(!isLowHalf("a\ude00", 1));
  assert.ok(!isLowHalf("\ude00", 0));
});
