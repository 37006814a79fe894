import assert from "node:assert/strict";
import { annotate } from "../../../lib/article/readings/annotate.ts";

const FILE = new URL("sentences.txt", import.meta.url);
const MARKED = /(.)\(([a-z]+)\)/gu;

Deno.test("annotate() reads ambiguous characters correctly", () => {
  const sentences = Deno.readTextFileSync(FILE).split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const wrong = sentences.flatMap((marked) => {
    const annotated = readingsOf(annotate(marked.replace(MARKED, "$1")));
    return [...expectedIn(marked)].flatMap(([place, [character, reading]]) =>
      annotated.get(place) === reading
        ? []
        : [`${character}: ${annotated.get(place)} instead of ${reading} in ${marked}`]
    );
  });
  assert.deepEqual(wrong, []);
});

/** Returns the marked characters of a sentence, by index. */
function expectedIn(marked: string): Map<number, [character: string, reading: string]> {
  const expected = new Map<number, [string, string]>();
  let readings = 0;
  for (const { index, 0: whole, 1: character = "", 2: reading = "" } of marked.matchAll(MARKED)) {
    expected.set(index - readings, [character, reading]);
    readings += whole.length - character.length;
  }
  return expected;
}

function readingsOf(annotated: string): Map<number, string> {
  return new Map([...expectedIn(annotated)].map(([place, [, reading]]) => [place, reading]));
}
