import { readContent } from "../../lib/article/content.ts";
import { tidyParagraph } from "../../lib/article/steps/tidy.ts";
import { type PeerProcess, startPeer } from "./peer_process.ts";
import { untilQuiet } from "./quiet.ts";
import { figure, printTable } from "./report.ts";

export interface Score {
  name: string;
  recall: number;
  precision: number;
  f1: number;
  milliseconds: number;
}

/** Extracts the article's text from a page's HTML. */
type Extract = (html: string) => Promise<Extracted>;
type Extracted = { text: string; milliseconds: number };

/** True positives, false negatives and false positives. */
type Counts = [right: number, missing: number, wrong: number];

const WORD = /\p{Script=Han}|[\p{L}\p{N}]+/gu;

/** A page, and a function that scores the text extracted from it. */
export interface ScoredPage {
  html: string;
  count(text: string): Counts;
}

/** Scores Millrace, the whole page and @mozilla/readability on these pages, and prints a table. */
export async function scorePages(title: string, pages: readonly ScoredPage[]): Promise<Score[]> {
  await using peer = await startPeer("readability", "deno", {});
  // The start of its process would take CPU time from the first extractor.
  await extractByPeer(peer, "<!doctype html><html><body><p>ready</p></body></html>");
  await untilQuiet();
  const extractors: Record<string, Extract> = {
    Millrace: (html) => timed(() => textOf(html, false)),
    "all of the page": (html) => timed(() => textOf(html, true)),
    "@mozilla/readability": (html) => extractByPeer(peer, html),
  };
  const scores: Score[] = [];
  for (const [name, extract] of Object.entries(extractors)) {
    scores.push(await score(name, extract, pages));
  }
  const share = (value: number) => `${figure(value * 100, 1)} %`;
  printTable(title, scores, {
    "": ({ name }) => name,
    recall: ({ recall }) => share(recall),
    precision: ({ precision }) => share(precision),
    F1: ({ f1 }) => share(f1),
    "all pages, ms": ({ milliseconds }) => figure(milliseconds),
  });
  return scores;
}

export function textOf(html: string, withChrome: boolean): string {
  return readContent({ title: "", content: html, contentKind: "page" })
    .filter(({ isChrome }) => withChrome || !isChrome)
    .map(({ text }) => tidyParagraph(text)).join("\n");
}

function timed(extract: () => string): Promise<Extracted> {
  const began = performance.now();
  const text = extract();
  return Promise.resolve({ text, milliseconds: performance.now() - began });
}

async function extractByPeer(peer: PeerProcess, html: string): Promise<Extracted> {
  // Node's readline also ends lines at these.
  const line = JSON.stringify(html).replace(/[\u2028\u2029]/g, " ");
  const [text] = await Promise.all([peer.nextLine(), peer.writeLine(line)]);
  return JSON.parse(text);
}

async function score(
  name: string,
  extract: Extract,
  pages: readonly { html: string; count: (text: string) => Counts }[],
): Promise<Score> {
  let [right, missing, wrong, milliseconds] = [0, 0, 0, 0];
  for (const { html, count } of pages) {
    const extracted = await extract(html);
    const counts = count(extracted.text);
    right += counts[0];
    missing += counts[1];
    wrong += counts[2];
    milliseconds += extracted.milliseconds;
  }
  return {
    name,
    recall: right / (right + missing),
    precision: right / (right + wrong),
    f1: 2 * right / (2 * right + missing + wrong),
    milliseconds,
  };
}

export function countWords(text: string, expected: string): Counts {
  const [found, wanted] = [wordsOf(text), wordsOf(expected)];
  let right = 0;
  for (const [word, count] of found) right += Math.min(count, wanted.get(word) ?? 0);
  return [right, total(wanted) - right, total(found) - right];
}

export function countSegments(text: string, wanted: string[], unwanted: string[]): Counts {
  const line = text.replace(/\s+/g, " ");
  const has = (segment: string) => line.includes(segment.replace(/\s+/g, " ").trim());
  const right = wanted.filter(has).length;
  return [right, wanted.length - right, unwanted.filter(has).length];
}

function wordsOf(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}

function total(words: Map<string, number>): number {
  return words.values().reduce((sum, count) => sum + count, 0);
}
