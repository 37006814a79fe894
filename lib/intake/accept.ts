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
import {
  createIdentities,
  type Identities,
  type Identity,
  type SharedSource,
} from "./identities.ts";
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
  shared: SharedSource[];
  /**
   * Articles of earlier chunks that were `changed`, and now have another outcome, since this chunk disproves their
   * source; by their position among the import's articles, from 0.
   */
  revised: { position: number; result: AcceptedArticle }[];
}

export interface AcceptOptions {
  /** Whether to replace an article with the same source and another text. */
  update?: boolean;
  /** The identities seen by the import so far; by default none. */
  identities?: Identities;
  /** Whether each source identifies its article even if several of an import have shared it. */
  trustSources?: boolean;
  /** The import that the articles are part of. */
  importId?: number | null;
  /** The ids that `ImportRun` describes: an article that is stored with one of them is accepted, and no duplicate. */
  unrecorded?: Set<number>;
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
  {
    update = false,
    identities = createIdentities(),
    trustSources = false,
    importId = null,
    unrecorded = new Set(),
  }: AcceptOptions,
): Promise<Accepted> {
  const { sql } = parts.database;
  if (!trustSources) await readShared(sql, articles, identities);
  const identified = identify(articles, identities);
  const { rows, shared } = identified;
  const disproved = disprovedBy(shared);
  if (disproved.length > 0) await shareSources(sql, disproved);

  const results = new Map<number, AcceptedArticle>();
  for (const { index, id } of await findShared(sql, rows)) {
    if (results.get(index)?.outcome === "accepted") continue;
    results.set(index, { outcome: unrecorded.delete(id) ? "accepted" : "duplicate", id });
  }
  const unknown = () => [...rows.keys()].filter((index) => !results.has(index));
  // An article that is deleted between the two steps counts as new.
  for (let left = unknown(); left.length > 0; left = unknown()) {
    const { done, refused } = await storeEach(
      sql,
      left,
      (some) => insert(parts, rows, some, importId),
    );
    for (const { index, id } of done.flat()) results.set(index, { outcome: "accepted", id });
    reject(refused, results);
    const rest = left.filter((index) => !results.has(index));
    if (rest.length === 0) break;
    const known = await findDuplicates(sql, rest.map((index) => rows[index]!));
    for (const [place, index] of rest.entries()) {
      const { source } = rows[index]!;
      const matches = known.filter((one) => one.index === place);
      const match = bestMatch(matches, source, { update, unrecorded });
      if (match === undefined) continue;
      const { id, same } = match;
      const stored = same && unrecorded.delete(id) ? "accepted" : "duplicate";
      results.set(index, { outcome: same ? stored : "changed", id });
    }
  }
  if (update) await replace(parts, rows, results);
  const all = rows.map((_, index) => results.get(index)!);
  return { ...settle(identified, all, articles.length, identities), shared };
}

/** The dry run of `acceptArticles`: stores nothing; new articles have the id 0. */
export function validateArticles(
  sql: Sql,
  { update = false, identities }: { update?: boolean; identities: Identities },
) {
  return async (articles: IncomingArticle[]): Promise<Accepted> => {
    await readShared(sql, articles, identities);
    const identified = identify(articles, identities);
    const { rows, shared } = identified;
    const known = [...await findShared(sql, rows), ...await findDuplicates(sql, rows)];
    const results = rows.map(({ source }, index): AcceptedArticle => {
      const matches = known.filter((one) => one.index === index);
      const match = bestMatch(matches, source, { update, unrecorded: new Set() });
      if (match === undefined) return { outcome: "accepted", id: 0 };
      return { outcome: match.same ? "duplicate" : "changed", id: match.id };
    });
    return { ...settle(identified, results, articles.length, identities), shared };
  };
}

type Row = IncomingArticle & Identity;

/** Adds to `identities` the articles' sources that an earlier import disproved. */
async function readShared(
  sql: Sql,
  articles: readonly IncomingArticle[],
  identities: Identities,
): Promise<void> {
  const given = articles.flatMap(({ sources }) => sources);
  if (given.length > 0) identities.share(await sharedSources(sql, given));
}

/** Identifies a chunk's articles, and after them those kept back whose source it disproves. */
function identify(articles: readonly IncomingArticle[], identities: Identities) {
  const rows: Row[] = [];
  const shared: SharedSource[] = [];
  const first = identities.count(articles.length);
  const positions = articles.map((_, index) => first + index);
  for (let more = articles; more.length > 0;) {
    const found = identities.identify(more);
    rows.push(...more.map((article, index): Row => ({ ...article, ...found.identities[index]! })));
    shared.push(...found.shared);
    const taken = identities.keptBack.take(disprovedBy(found.shared));
    positions.push(...taken.map(({ position }) => position));
    more = taken.map(({ article }) => article);
  }
  return { rows, positions, shared };
}

function disprovedBy(shared: readonly SharedSource[]): string[] {
  return shared.flatMap(({ source, isEarlier }) => isEarlier ? [] : [source]);
}

/** Keeps back the changed articles; returns the results of the chunk's `count` articles, and those that it revises. */
function settle(
  identified: { rows: readonly Row[]; positions: readonly number[] },
  results: readonly AcceptedArticle[],
  count: number,
  identities: Identities,
): Pick<Accepted, "articles" | "revised"> {
  const { rows, positions } = identified;
  const revised: Accepted["revised"] = [];
  for (const [index, result] of results.entries()) {
    const position = positions[index]!;
    if (result.outcome === "changed") identities.keptBack.add({ position, article: rows[index]! });
    else if (index >= count) revised.push({ position, result });
  }
  return { articles: results.slice(0, count), revised };
}

/** Returns the articles with the same text that were stored under a source before it turned out to be shared. */
async function findShared(sql: Sql, rows: readonly Row[]): Promise<StoredMatch[]> {
  if (rows.every(({ shared }) => shared.length === 0)) return [];
  const known = await findDuplicates(
    sql,
    rows.map(({ shared, textHash }) => ({ sources: shared, textHash })),
  );
  return known.filter(({ same }) => same);
}

/** Inserts and enqueues those of the articles at `indexes` that have a new source; returns their ids. */
async function insert(
  { database: { sql }, queue, reporter, logger }: AcceptParts,
  rows: Row[],
  indexes: readonly number[],
  importId: number | null,
): Promise<{ index: number; id: number }[]> {
  const articles = indexes.map((index) => rows[index]!);
  const { inserted, outboxId } = await insertArticles(sql, articles, importId);
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
  rows: Row[],
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

/**
 * The same text under any source is a duplicate; otherwise the article is a change of its source. An update
 * replaces the text of the source, even if another one has this text.
 */
function bestMatch(
  known: readonly StoredMatch[],
  source: string,
  { update, unrecorded }: Required<Pick<AcceptOptions, "update" | "unrecorded">>,
): StoredMatch | undefined {
  const same = known.find((one) => one.same && unrecorded.has(one.id)) ??
    known.find((one) => one.same);
  const own = known.find((one) => one.source === source);
  return (update ? own ?? same : same ?? own) ?? known[0];
}
