import type { RawArticle } from "../lib/article/article.ts";
import type { ArticleSettings } from "../lib/article/article_settings.ts";
import { computeBatch } from "./compute.ts";
import { mergeComputed } from "./merge_computed.ts";
import type { Computed } from "./protocol.ts";
import { unlessInterrupted } from "./time_limit.ts";

/** A sound article takes a few milliseconds. */
const LIMIT_MS = 20;
/** Six times what a character takes, since loops in other threads slow this one down. */
const MS_PER_CHARACTER = 0.003;

/** The outcomes of a part without its suspects, and the ids of those. */
export interface ComputedSingly {
  computed: Computed;
  suspects: number[];
}

/**
 * Computes each article under the time limit that `limitOf` returns for it, in milliseconds, and continues after one
 * that exceeds it: a suspect, which has no outcome. `known` is the id of an article that is already a suspect.
 */
export function computeSingly(
  articles: readonly RawArticle[],
  settings: ArticleSettings,
  options: {
    limitOf: (article: RawArticle) => number;
    known: number | null;
    before: ((article: RawArticle) => void) | undefined;
  },
): ComputedSingly {
  const parts: Computed[] = [];
  const suspects: number[] = [];
  for (const article of articles) {
    const part = article.id === options.known ? null : unlessInterrupted(
      options.limitOf(article),
      () => computeBatch([article], settings, options.before),
    );
    if (part === null) suspects.push(article.id);
    else parts.push(part);
  }
  return { computed: mergeComputed(parts), suspects };
}

/**
 * Returns the time after which an article is a suspect, in milliseconds. A sound one that a busy machine delays may
 * exceed it, since a suspect is tried again, alone and with the whole limit.
 */
export function suspicionMs({ title, content }: RawArticle): number {
  return LIMIT_MS + MS_PER_CHARACTER * (title.length + content.length);
}
