import { z } from "zod";
import { generateArticle } from "../../bench/articles.ts";
import { CORPUS } from "./corpus.ts";
import { longForm } from "./fault_form.ts";

const article = z.object({
  source: z.string(),
  group: z.string(),
  title: z.string(),
  content: z.string(),
});

/** An article as a producer sends it. */
export type FaultArticle = z.infer<typeof article>;

/**
 * Returns generated articles. The long form uses the real corpus if there is one, repeated under other
 * sources until `count` is reached.
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
  if (CORPUS === null) return null;
  const text = await Deno.readTextFile(CORPUS);
  return text.trimEnd().split("\n").map((line) => article.parse(JSON.parse(line)));
}

/** Splits a list into `count` parts of nearly equal length. */
export function inParts<T>(items: readonly T[], count: number): T[][] {
  const cut = (part: number) => Math.round(part * items.length / count);
  return Array.from({ length: count }, (_, part) => items.slice(cut(part), cut(part + 1)));
}
