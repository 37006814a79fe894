import type { ArticleSettings, RawArticle } from "../lib/article/article.ts";
import type { Outcome } from "../lib/article/outcome.ts";
import { annotateArticle, cleanArticle } from "../lib/article/process.ts";
import type { Computed } from "./protocol.ts";

type Attempt<T> =
  | { kind: "succeeded"; id: number; value: T }
  | Extract<Outcome, { kind: "failed" }>;

/**
 * Articles in, outcomes out, in order. An article that throws fails alone. `before` is run with each
 * article first, as a step of its processing.
 */
export function computeBatch(
  articles: readonly RawArticle[],
  settings: ArticleSettings,
  before: (article: RawArticle) => void = () => {},
): Computed {
  const start = performance.now();
  const cleaned = articles.map((article) =>
    attempt(article.id, () => {
      before(article);
      return cleanArticle(article, settings);
    })
  );
  const middle = performance.now();
  const outcomes = cleaned.map((clean): Outcome => {
    if (clean.kind === "failed") return clean;
    const annotated = attempt(clean.id, () => annotateArticle(clean.value));
    if (annotated.kind === "failed") return annotated;
    return { kind: "processed", id: clean.id, ...annotated.value };
  });
  return { outcomes, cleanMs: middle - start, annotateMs: performance.now() - middle };
}

function attempt<T>(id: number, step: () => T): Attempt<T> {
  try {
    return { kind: "succeeded", id, value: step() };
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause), { cause });
    const message = error.message || error.name;
    return {
      kind: "failed",
      id,
      failure: { reason: "threw", message, stack: error.stack ?? null },
    };
  }
}
