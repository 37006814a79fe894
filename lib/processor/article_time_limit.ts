import type { RawArticle } from "../article/article.ts";
import type { ArticleSettings } from "../article/article_settings.ts";
import type { Failure } from "../article/outcome.ts";
import type { Computed } from "../../workers/protocol.ts";
import { createQuarantine, type QuarantineOptions, type QuarantineRow } from "./quarantine.ts";

const DEFAULT_LIMIT_MS = 30_000;

/** Enforces the time limit per article on those that exceeded the shorter one of a worker (`workers/time_limit.ts`). */
export interface ArticleTimeLimit {
  /**
   * Computes an article in quarantine. It fails as `timed_out` if it exceeds the limit, and as `crashed` if it ends its
   * thread. Rejects with the signal's reason.
   */
  enforce(
    article: RawArticle,
    settings: ArticleSettings,
    options: QuarantineOptions,
  ): Promise<Computed>;
  /** Sets the limit, in ms, for articles from now on. */
  set(limitMs: number): void;
  /** The articles that have a thread. */
  quarantined(): QuarantineRow[];
  /** The number of articles, including those that wait for a thread. */
  held(): number;
  /** The number of threads that ended because their article exceeded a limit. */
  exceeded(): number;
}

export function createArticleTimeLimit(
  { limitMs = DEFAULT_LIMIT_MS, poison, now }: {
    limitMs: number | undefined;
    poison: boolean;
    now: () => number;
  },
): ArticleTimeLimit {
  const quarantine = createQuarantine(now);
  let current = limitMs;
  let held = 0;

  return {
    async enforce(article, settings, options) {
      const limitMs = current;
      held++;
      const end = await quarantine.compute({ article, settings, limitMs, poison }, options)
        .finally(() => held--);
      options.signal.throwIfAborted();
      switch (end.type) {
        case "done":
          return end.computed;
        case "overran":
          return failed(article, "timed_out", timeoutMessage(end.limitMs, limitMs));
        case "lost": {
          const message = `Cannot process the article: it ended its worker: ${end.message}`;
          return failed(article, "crashed", message);
        }
      }
    },
    set(limitMs) {
      current = limitMs;
    },
    quarantined: quarantine.rows,
    held: () => held,
    exceeded: quarantine.exceeded,
  };
}

/** `exceededMs`: the limit that ended the article, which is shorter than `limitMs` when too many wait for that. */
function timeoutMessage(exceededMs: number, limitMs: number): string {
  const message = `Cannot process the article: it takes longer than ${exceededMs / 1_000} s`;
  return exceededMs === limitMs
    ? message
    : `${message}, and too many others wait for the full ${limitMs / 1_000} s`;
}

function failed({ id }: RawArticle, reason: Failure["reason"], message: string): Computed {
  const failure: Failure = { reason, message, stack: null };
  return { outcomes: [{ kind: "failed", id, failure }], cleanMs: 0, annotateMs: 0 };
}
