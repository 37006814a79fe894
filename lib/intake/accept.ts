import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/postgres_client.ts";
import { insertArticles } from "../database/insert_articles.ts";
import { findDuplicates, type StoredMatch } from "../database/find_duplicates.ts";
import { sharedSources, shareSources } from "../database/shared_sources.ts";
import { updateArticles } from "../database/update_articles.ts";
import { placeFromOutbox } from "../processor/place_from_outbox.ts";
import { emptyPlacement } from "../processor/placement.ts";
import type { Queue } from "../queue/queue.ts";
import { isOutage } from "../runtime/errors.ts";
import type { Outages } from "../runtime/outages.ts";
import type { Refused } from "../runtime/bisect.ts";
import { createIdentities, type Identities, type Identity } from "./identities.ts";
import type { IncomingArticle } from "./incoming_article.ts";
import { storeEach } from "./store_each.ts";

/** The parts of a node that accepting articles requires. */
export interface AcceptParts {
  database: { sql: Sql };
  queue: Queue;
  reporter: { publish(): void };
  logger: Logger;
  outages: Pick<Outages, "noted">;
}

/**
 * The result of one article. `duplicate`: already stored with the same title and content. `changed`: its source
 * is stored with another text, which was kept. `updated`: the stored article was replaced. `rejected`: Postgres accepts
 * others, but not this one.
 */
export type AcceptedArticle =
  | { outcome: "accepted" | "duplicate" | "changed" | "updated"; id: number }
  | { outcome: "rejected"; error: string };

/** The result of accepting a chunk of articles. */
export interface Accepted {
  /** One per article, in order. */
  articles: AcceptedArticle[];
  /** Sources that do not identify articles: several had the same one with different texts. */
  shared: string[];
}

export interface AcceptOptions {
  /** Whether to replace an article with the same source and another text. */
  update?: boolean;
  /** The identities seen by the import so far; by default none. */
  identities?: Identities;
}

/**
 * Stores up to 500 articles, atomically unless Postgres rejects some of them, and enqueues their ids. Stored articles
 * count as accepted: during an outage of the broker their ids stay in the outbox, and the rescuer enqueues them
 * afterwards. Throws `DatabaseUnreachableError`, usually before storing anything.
 */
export async function acceptArticles(
  parts: AcceptParts,
  articles: IncomingArticle[],
  options: AcceptOptions = {},
): Promise<Accepted> {
  try {
    return await accept(parts, articles, options);
  } catch (error) {
    if (isOutage(error)) parts.outages.noted(error);
    throw error;
  }
}

async function accept(
  parts: AcceptParts,
  articles: IncomingArticle[],
  { update = false, identities = createIdentities() }: AcceptOptions,
): Promise<Accepted> {
  const { sql } = parts.database;
  const given = articles.flatMap(({ sources }) => sources);
  if (given.length > 0) identities.share(await sharedSources(sql, given));
  const { identities: found, shared } = identities.identify(articles);
  if (shared.length > 0) await shareSources(sql, shared);
  const rows = articles.map((article, index) => ({ ...article, ...found[index]! }));

  const results = new Map<number, AcceptedArticle>();
  // An article that is deleted between the two steps counts as new.
  for (let left = [...rows.keys()]; left.length > 0; left = left.filter((n) => !results.has(n))) {
    const { done, refused } = await storeEach(sql, left, (some) => insert(parts, rows, some));
    for (const { index, id } of done.flat()) results.set(index, { outcome: "accepted", id });
    reject(refused, results);
    const rest = left.filter((index) => !results.has(index));
    if (rest.length === 0) break;
    const known = await findDuplicates(sql, rest.map((index) => rows[index]!));
    for (const [place, index] of rest.entries()) {
      const match = bestMatch(known.filter((one) => one.index === place), rows[index]!.source);
      if (match === undefined) continue;
      results.set(index, { outcome: match.same ? "duplicate" : "changed", id: match.id });
    }
  }
  if (update) await replace(parts, rows, results);
  return { articles: rows.map((_, index) => results.get(index)!), shared };
}

/** The dry run of `acceptArticles`: stores nothing; new articles have the id 0. */
export function validateArticles(sql: Sql, identities: Identities) {
  return async (articles: IncomingArticle[]): Promise<Accepted> => {
    const { identities: found, shared } = identities.identify(articles);
    const rows = articles.map((article, index) => ({ ...article, ...found[index]! }));
    const known = await findDuplicates(sql, rows);
    const results = rows.map(({ source }, index): AcceptedArticle => {
      const match = bestMatch(known.filter((one) => one.index === index), source);
      if (match === undefined) return { outcome: "accepted", id: 0 };
      return { outcome: match.same ? "duplicate" : "changed", id: match.id };
    });
    return { articles: results, shared };
  };
}

/** Inserts and enqueues those of the articles at `indexes` that have a new source; returns their ids. */
async function insert(
  { database: { sql }, queue, reporter, logger }: AcceptParts,
  rows: (IncomingArticle & Identity)[],
  indexes: readonly number[],
): Promise<{ index: number; id: number }[]> {
  const { inserted, outboxId } = await insertArticles(sql, indexes.map((index) => rows[index]!));
  if (outboxId !== null) {
    const pending = inserted.map(({ id }) => id);
    await placeFromOutbox({ sql, queue, logger }, { ...emptyPlacement(), pending }, outboxId);
    reporter.publish();
  }
  return inserted.map(({ index, id }) => ({ index: indexes[index]!, id }));
}

/** Updates stored articles: changed texts, and all given fields. */
async function replace(
  { database: { sql }, queue, reporter }: AcceptParts,
  rows: (IncomingArticle & Identity)[],
  results: Map<number, AcceptedArticle>,
): Promise<void> {
  const stored = [...results].flatMap(([index, result]) =>
    result.outcome === "duplicate" || result.outcome === "changed" ? [{ index, ...result }] : []
  );
  if (stored.length === 0) return;
  const { refused } = await storeEach(
    sql,
    stored,
    (some) => updateArticles(sql, some.map(({ index, id }) => ({ id, article: rows[index]! }))),
  );
  reject(refused.map(({ item: { index: item }, error }) => ({ item, error })), results);
  const changed = stored.filter(({ index }) => results.get(index)?.outcome === "changed");
  const pending = changed.map(({ id }) => id);
  // The outbox has them, too: during an outage of the broker, the rescuer enqueues them later.
  await queue.place({ ...emptyPlacement(), pending }).catch((error) => {
    if (!isOutage(error)) throw error;
  });
  for (const { index, id } of changed) results.set(index, { outcome: "updated", id });
  reporter.publish();
}

function reject(refused: readonly Refused<number>[], results: Map<number, AcceptedArticle>) {
  for (const { item, error } of refused) {
    results.set(item, { outcome: "rejected", error: `Postgres rejects it: ${error.message}` });
  }
}

/** The same text under any source is a duplicate; otherwise the article is a change of its source. */
function bestMatch(known: readonly StoredMatch[], source: string): StoredMatch | undefined {
  return known.find(({ same }) => same) ?? known.find((one) => one.source === source) ?? known[0];
}
