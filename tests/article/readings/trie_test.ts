import assert from "node:assert/strict";
import fc from "fast-check";
import { createTrie } from "../../../lib/article/readings/trie.ts";

const letter = fc.integer({ min: 1, max: 16_383 });

Deno.test("a trie finds exactly the added words", () => {
  const word = fc.array(letter, { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(fc.array(word), fc.array(word), (added, others) => {
    const trie = createTrie(added.flat().length);
    const step = (node: number, letter: number) =>
      node === 0 ? trie.first(letter) : trie.next(node, letter);
    for (const word of added) {
      let node = 0;
      for (const letter of word) node = step(node, letter) || trie.add(node, letter);
    }
    const find = (word: number[]) => {
      let node = 0;
      for (const letter of word) if ((node = step(node, letter)) === 0) return 0;
      return node;
    };
    const prefixes = new Set(
      added.flatMap((word) => word.map((_, at) => word.slice(0, at + 1).join())),
    );
    for (const word of [...added, ...others]) {
      assert.equal(find(word) !== 0, prefixes.has(word.join()));
    }
  }));
});

Deno.test("a trie throws when its capacity is exceeded", () => {
  const trie = createTrie(1);
  trie.add(0, 1);
  assert.throws(() => trie.add(0, 2), RangeError);
});

Deno.test("a trie throws for a letter that would collide with another", () => {
  const trie = createTrie(2);
  for (const letter of [0, 16_384]) assert.throws(() => trie.add(0, letter), RangeError);
});
