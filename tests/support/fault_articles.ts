import { z } from "zod";
import { generateArticle } from "../../bench/articles.ts";
import { longForm } from "./fault_form.ts";

const CORPUS = new URL("../../../shared/corpus/classics.jsonl", import.meta.url);

const article = z.object({
  source: z.string(),
  group: z.string(),
  title: z.string(),
  content: z.string(),
});

/** An article as a producer hands it over. */
export type FaultArticle = z.infer<typeof article>;

/** Generated articles; in the long form the real ones, as many as there are, where they are at hand. */
export async function faultArticles(count: number): Promise<FaultArticle[]> {
  return (longForm ? await corpus() : null) ??
    Array.from({ length: count }, (_, i) => generateArticle(i));
}

async function corpus(): Promise<FaultArticle[] | null> {
  try {
    const text = await Deno.readTextFile(CORPUS);
    return text.trimEnd().split("\n").map((line) => article.parse(JSON.parse(line)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Cuts a list into `count` parts of nearly the same length. */
export function inParts<T>(items: readonly T[], count: number): T[][] {
  const cut = (part: number) => Math.round(part * items.length / count);
  return Array.from({ length: count }, (_, part) => items.slice(cut(part), cut(part + 1)));
}
