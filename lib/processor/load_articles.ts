import type { LoadedArticle } from "../database/load_batch.ts";
import type { Outcome } from "../article/outcome.ts";
import { bisect } from "../runtime/bisect.ts";
import { sleep } from "../runtime/sleep.ts";

/** How often an article must be refused alone, while its neighbors can be read, to count as unreadable. */
const PROOFS = 3;
/** The delay before the second try of a doubtful article; it grows linearly. */
const DOUBT_MS = 500;

export interface LoadParts {
  /** Loads articles; retries during outages, but throws an `UnexplainedRefusalError`. Throws after an abort. */
  load: (ids: number[]) => Promise<LoadedArticle[]>;
  /** Resolves once Postgres can read a neighbor of the article. */
  proveReadable: (id: number) => Promise<void>;
  /** Aborted at shutdown; then no article counts as unreadable. */
  signal: AbortSignal;
}

/** An article that cannot be read, while the error does not show whether the article is the cause. */
export interface Unreadable {
  id: number;
  error: Error;
}

/**
 * Loads articles in one query. If Postgres refuses it, bisects down to the refused article and loads the
 * others.
 */
export async function loadArticles(
  ids: number[],
  parts: LoadParts,
): Promise<{ loaded: LoadedArticle[]; unreadable: Unreadable[] }> {
  const { done, refused } = await bisect(
    ids,
    (some) => parts.load([...some]),
    (id) => parts.proveReadable(id),
  );
  return {
    loaded: done.flat(),
    unreadable: refused.map(({ item: id, error }) => ({ id, error })),
  };
}

/**
 * Retries an unreadable article alone, while its neighbors can be read before and after it. Returns its
 * failure after several refusals, or null if it can be read after all.
 */
export async function judgeUnreadable(
  { id, error }: Unreadable,
  parts: LoadParts,
): Promise<Outcome | null> {
  let refusal = error;
  for (let proofs = 0; proofs < PROOFS; proofs++) {
    await parts.proveReadable(id);
    await sleep(DOUBT_MS * (proofs + 1), parts.signal);
    parts.signal.throwIfAborted();
    const [again] = (await loadArticles([id], parts)).unreadable;
    if (again === undefined) return null;
    refusal = again.error;
  }
  await parts.proveReadable(id);
  const message = `Postgres refuses to read the article: ${refusal.message}`;
  return {
    kind: "failed",
    id,
    failure: { reason: "threw", message, stack: refusal.stack ?? null },
  };
}
