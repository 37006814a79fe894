import type { RawArticle } from "../lib/article/article.ts";
import type { ArticleSettings } from "../lib/article/article_settings.ts";
import type { Outcome } from "../lib/article/outcome.ts";
import { annotateArticle, cleanArticle } from "../lib/article/process.ts";
import type { Computed } from "./protocol.ts";

type Attempt<T> =
  | { kind: "succeeded"; id: number; value: T }
  | Extract<Outcome, { kind: "failed" }>;

/**
 * Computes the outcomes of articles, in order. An article that throws fails alone. `before` runs before each
 * article, as a step of its processing. `onArticle` is called with the id of each article before it is
 * computed, and with null at the end.
 */
export function computeBatch(
  articles: readonly RawArticle[],
  settings: ArticleSettings,
  before: (article: RawArticle) => void = () => {},
  onArticle: (id: number | null) => void = () => {},
): Computed {
  const start = performance.now();
  const cleaned = articles.map((article) =>
    attempt(article.id, () => {
      onArticle(article.id);
      before(article);
      return cleanArticle(article, settings);
    })
  );
  const middle = performance.now();
  const outcomes = cleaned.map((clean, at): Outcome => {
    if (clean.kind === "failed") return clean;
    const { groupId } = articles[at]!;
    onArticle(clean.id);
    const annotated = attempt(clean.id, () => annotateArticle(clean.value, settings, groupId));
    if (annotated.kind === "failed") return annotated;
    return { kind: "processed", id: clean.id, ...annotated.value };
  });
  onArticle(null);
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
