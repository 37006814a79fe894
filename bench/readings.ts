// Accuracy and speed of readings compared with other npm packages: on the tests' own sentences, and on
// labeled data sets given as arguments (JSON lines with `text`, `at`, `reading` and optionally `also`).
//
//   deno task bench readings [SET.jsonl…]

import { addDict, pinyin } from "pinyin-pro";
import { pinyin as hotoo } from "pinyin";
import { annotate } from "../lib/article/readings/annotate.ts";
import { withoutTone } from "../lib/article/readings/syllables.ts";
import { generateArticle } from "./articles.ts";
import { annotatePlainly } from "./support/plain_pinyin.ts";

/** A labeled character: its correct reading, `also` other correct ones, `draw` how the sample was drawn. */
interface Place {
  text: string;
  /** The position, in UTF-16 code units. */
  at: number;
  reading: string;
  also?: string[];
  draw?: string;
}

/** Annotates a text; returns syllables without tone, by code unit. */
type Read = (text: string) => Map<number, string>;

const SENTENCES = new URL("../tests/article/readings/sentences.txt", import.meta.url);
const ROUNDS = 5;
const ARTICLES = 300;

const sets = new Map<string, Place[]>([["own sentences", readSentences()]]);
for (const file of Deno.args) {
  const set = file.replace(/.*\/|\.jsonl$/g, "");
  for (const line of Deno.readTextFileSync(file).trim().split("\n")) {
    const place: Place = JSON.parse(line);
    const key = place.draw === undefined || place.draw === set ? set : `${set}, ${place.draw}`;
    sets.set(key, [...sets.get(key) ?? [], place]);
  }
}
const texts = Array.from(
  { length: ARTICLES },
  (_, index) => generateArticle(index).content.replace(/<[^>]*>/g, ""),
);

await report("Millrace", readMillrace, annotate);
await report("pinyin-pro", readPinyinPro, annotatePlainly);
await report("pinyin, by Intl.Segmenter", readHotoo, readHotoo);
// Runs last, since it changes the package's global state.
const { default: complete } = await import(name("@pinyin-pro/data/complete.json"), {
  with: { type: "json" },
});
addDict(complete);
await report("pinyin-pro, its largest dictionary", readPinyinPro, annotatePlainly);

function readMillrace(text: string): Map<number, string> {
  return splitAlong(text, annotate(text));
}

function readPinyinPro(text: string): Map<number, string> {
  const readings = new Map<number, string>();
  let at = 0;
  for (
    const { origin, pinyin: syllable } of pinyin(text, { type: "all", toneType: "none", v: true })
  ) {
    readings.set(at, syllable);
    at += origin.length;
  }
  return readings;
}

function readHotoo(text: string): Map<number, string> {
  const readings = new Map<number, string>();
  let at = 0;
  for (const [syllable = ""] of hotoo(text, { segment: "Intl.Segmenter", style: "normal" })) {
    readings.set(at, withoutTone(syllable));
    at += /\p{Script=Han}/u.test(text[at] ?? "") ? 1 : syllable.length;
  }
  return readings;
}

async function report(who: string, read: Read, annotate: (text: string) => unknown) {
  const lines = [...sets].map(([set, places]) => {
    const right = places.filter(({ text, at, reading, also = [] }) => {
      const found = read(text).get(at) ?? "";
      return found === reading || also.includes(found);
    });
    return `  ${set.padEnd(24)}${(right.length / places.length * 100).toFixed(2).padStart(7)} %`;
  });
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (const text of texts) annotate(text);
    return performance.now() - start;
  });
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  const nanoseconds = Math.round(Math.min(...times) * 1e6 / characters);
  await Deno.stdout.write(
    new TextEncoder().encode([`${who}: ${nanoseconds} ns a character`, ...lines, ""].join("\n")),
  );
}

function readSentences(): Place[] {
  const lines = Deno.readTextFileSync(SENTENCES).split("\n").filter((line) => /^[^#]/.test(line));
  return lines.flatMap((line) => {
    const text = line.replace(/\([a-z]+\)/g, "");
    return [...splitAlong(text, line)].map(([at, reading]) => ({ text, at, reading }));
  });
}

/** Returns the readings of an annotated text by their positions in the original text. */
function splitAlong(text: string, annotated: string): Map<number, string> {
  const readings = new Map<number, string>();
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    end++;
    const reading = /^\(([a-z]+)\)/.exec(annotated.slice(end, end + 12));
    if (reading === null || !/\p{Script=Han}/u.test(text[at]!)) continue;
    readings.set(at, reading[1]!);
    end += reading[0].length;
  }
  return readings;
}

/** Hides the specifier from the type checker, which would read 17 MB. */
function name(specifier: string): string {
  return specifier;
}
