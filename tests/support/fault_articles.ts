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

/**
 * Generated articles; in the long form the real ones where they are at hand, over and over under other
 * sources until there are so many.
 */
export async function faultArticles(count: number): Promise<FaultArticle[]> {
  const real = longForm ? await corpus() : null;
  return Array.from(
    { length: count },
    (_, i) => real === null ? generateArticle(i) : repeated(real, i),
  );
}

function repeated(articles: FaultArticle[], index: number): FaultArticle {
  const article = articles[index % articles.length]!;
  const round = Math.floor(index / articles.length);
  return round === 0 ? article : { ...article, source: `${article.source}#${round}` };
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
