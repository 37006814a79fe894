import { HttpError } from "fresh";
import { readArticle } from "../../database/article_detail.ts";
import { unshareSource } from "../../database/shared_sources.ts";
import { acceptArticles, type AcceptedArticle, type AcceptOptions } from "../../intake/accept.ts";
import { assertRoom } from "../../intake/backpressure.ts";
import { importArticles } from "../../intake/import_articles.ts";
import type { IncomingArticle } from "../../intake/incoming_article.ts";
import type { Parsed } from "../../intake/parsed.ts";
import { readRecord } from "../../intake/read_record.ts";
import { createYielder } from "../../intake/yield_to_event_loop.ts";
import type { Node } from "../../node/node.ts";
import { varyByLanguage } from "../localize_message.ts";
import { refused, succeeded } from "../json_response.ts";
import { articleEtag } from "./article_etag.ts";
import { localizeFigures } from "./localize_import.ts";

/**
 * Stores one article: 201 if new, 200 if replaced, 409 with the stored article's id if its source or text is already
 * stored. Throws an `HttpError` 400 for an invalid record, or one that Postgres rejects.
 */
export async function postArticle(
  node: Node,
  request: Request,
  body: unknown,
  options: AcceptOptions,
): Promise<Response> {
  const article = readBody(body);
  await assertRoom(node);
  const { articles: [result] } = await acceptArticles(node, [article], {
    ...options,
    trustSources: true,
  });
  const { outcome, id } = accepted(result!);
  if (outcome === "accepted" || outcome === "updated") return await stored(node, id, outcome);
  return refused(request, 409, describeKnown(id, article.sources[0], outcome), {
    headers: { location: locationOf(node, id) },
    data: { id, outcome },
  });
}

function describeKnown(id: number, source: string | undefined, outcome: string): string {
  if (source === undefined) return `Article ${id} has this text already`;
  return outcome === "changed"
    ? `Article ${id} has the source ${source} already, with another text; ?update=true replaces it`
    : `Article ${id} has the source ${source} already`;
}

/** Stores several articles; the response has the result of each, by its 1-based position as `record`. */
export async function postArticles(
  node: Node,
  request: Request,
  bodies: readonly unknown[],
  options: AcceptOptions,
): Promise<Response> {
  await assertRoom(node);
  const figures = await importArticles(
    readBodies(bodies),
    (chunk) => acceptArticles(node, chunk, options),
    { results: true },
  );
  const status = figures.accepted > 0 ? 201 : 200;
  return varyByLanguage(succeeded(localizeFigures(request, figures), status));
}

async function* readBodies(bodies: readonly unknown[]): AsyncGenerator<Parsed[]> {
  const yielder = createYielder();
  for (const [index, body] of bodies.entries()) {
    await yielder.yieldIfDue();
    yield [{ line: 1, record: index + 1, ...readRecord(body) }];
  }
}

/**
 * Stores the article of a source, which identifies it in imports again: 201 if new, 200 if updated. Throws an `HttpError` 400 for an invalid record, or one
 * with another source.
 */
export async function putArticle(node: Node, source: string, body: unknown): Promise<Response> {
  const article = readBody(body);
  const other = article.sources.find((each) => each !== source && each !== article.url);
  if (other !== undefined) {
    throw new HttpError(400, `The article has the source ${other}, but the address ${source}`);
  }
  await assertRoom(node);
  const given = { ...article, sources: [source] };
  const { articles: [result] } = await acceptArticles(node, [given], {
    update: true,
    trustSources: true,
  });
  const { outcome, id } = accepted(result!);
  await unshareSource(node.database.sql, source);
  return await stored(node, id, outcome);
}

function accepted(result: AcceptedArticle) {
  if (result.outcome === "rejected") throw new HttpError(400, result.error);
  return result;
}

function readBody(body: unknown): IncomingArticle {
  const reading = readRecord(body);
  if (reading.kind !== "article") throw new HttpError(400, reading.error);
  return reading.article;
}

async function stored(node: Node, id: number, outcome: string): Promise<Response> {
  const article = await readArticle(node.database.sql, id);
  const response = succeeded({ id, outcome }, outcome === "accepted" ? 201 : 200);
  response.headers.set("location", locationOf(node, id));
  if (article !== null) response.headers.set("etag", articleEtag(article));
  return response;
}

function locationOf({ config }: Node, id: number): string {
  return `${config.basePath}/api/articles/${id}`;
}
