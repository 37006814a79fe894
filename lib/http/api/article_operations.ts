import { z } from "zod";
import { ARTICLE_STATES } from "../../article/state_machine.ts";
import { articleDetail, attempt } from "../../database/article_detail.ts";
import { listedArticle } from "../../database/list_articles.ts";
import { jsonObject } from "../../database/json_object.ts";
import { articleGroup } from "../../database/groups.ts";
import { CONTENT_TYPES, PACKED_TYPES } from "../../intake/format_name.ts";
import { MAX_RECORD } from "../../intake/parsed.ts";
import { importFigures, importRecord, RECORD_OUTCOMES } from "../../wire/import_figures.ts";
import { errorCode } from "../failures/with_error_code.ts";
import { importQuery, querySwitch } from "../articles/import_query.ts";
import { searchText } from "../search_text.ts";
import { paging, queryMoment, queryNumber } from "../paging.ts";
import type { Operations } from "./operation.ts";

const BAD_BODY = "the body must be a JSON object, or an array of them";
const TOO_FEW = "the array has no article";
const TOO_MANY =
  "the array has more than 1,000 articles; POST /api/articles/import takes any number";
/** One article, or several: an item that is none is rejected alone, and the others are stored. */
const oneOrSeveral = z.union([
  jsonObject,
  z.array(z.unknown().meta({ description: "An article; any other value is rejected alone" }))
    .min(1, { error: TOO_FEW })
    .max(1_000),
], { error: ({ input }) => Array.isArray(input) ? TOO_MANY : BAD_BODY });

const stored = z.object({
  id: z.int(),
  outcome: z.enum(RECORD_OUTCOMES),
});
const source = searchText().pipe(z.string().min(1));
const NO_ARTICLE = { 404: "There is no such article" };
const NOT_THIS_VERSION = {
  412: "If-Match names another version of the article, or If-None-Match this one",
};

/** The API operations on articles: intake, lists, results. */
export const articleOperations = {
  "GET /api/articles": {
    summary: "Lists the articles, newest first",
    query: z.strictObject({
      ...paging,
      state: z.enum(ARTICLE_STATES, { error: `must be one of ${ARTICLE_STATES.join(", ")}` })
        .optional(),
      text: searchText().optional(),
      source: searchText().optional(),
      group_id: queryNumber(1).optional(),
      group: searchText().optional(),
      import: queryNumber(1).optional(),
      since: queryMoment.optional(),
      until: queryMoment.optional(),
    }),
    data: z.object({ articles: z.array(listedArticle), next: z.int().nullable() }),
  },
  "POST /api/articles": {
    summary: "Stores one article, or up to 1,000 in an array with a result for each",
    query: z.strictObject({ update: querySwitch.optional() }),
    body: {
      kind: "json",
      schema: oneOrSeveral,
      maxBytes: MAX_RECORD,
    },
    data: z.union([stored, importFigures]),
    status: 201,
    refusals: {
      409:
        "The source or the text is already stored; data has the id, and the outcome duplicate or changed",
      422: "The Idempotency-Key came with another request before",
    },
  },
  "PUT /api/articles": {
    summary: "Stores the article of a source: takes it in, or replaces its text; idempotent",
    query: z.strictObject({ source }),
    body: { kind: "json", schema: jsonObject, maxBytes: MAX_RECORD },
    data: stored,
    refusals: NOT_THIS_VERSION,
  },
  "DELETE /api/articles": {
    summary: "Removes the article of a source with its results and its history",
    query: z.strictObject({ source }),
    data: z.object({ id: z.int() }),
    refusals: { ...NO_ARTICLE, ...NOT_THIS_VERSION },
  },
  "POST /api/articles/import": {
    summary: "Imports a stream of articles of any length",
    query: importQuery,
    body: { kind: "stream", mediaTypes: [...CONTENT_TYPES, ...PACKED_TYPES] },
    data: importFigures,
    refusals: {
      409: "There is no stopped import with the number in resume",
      415: "The input is in no format that is read",
    },
  },
  "POST /api/articles/sample": {
    summary: "Imports the sample articles",
    data: importFigures,
  },
  "GET /api/articles/{id}": {
    summary: "Returns one article with its results and its history",
    data: articleDetail.extend({ attempts: z.array(attempt.extend(errorCode)) }),
    refusals: NO_ARTICLE,
  },
  "DELETE /api/articles/{id}": {
    summary: "Removes an article with its results and its history",
    data: z.object({ id: z.int() }),
    refusals: { ...NO_ARTICLE, ...NOT_THIS_VERSION },
  },
  "POST /api/articles/{id}/process": {
    summary: "Processes an article again",
    data: z.object({ id: z.int(), state: z.literal("pending") }),
    refusals: { ...NO_ARTICLE, 409: "It waits to be processed already" },
  },
  "GET /api/groups": {
    summary: "Lists the groups by their names",
    query: z.strictObject({ limit: paging.limit }),
    data: z.object({ groups: z.array(articleGroup) }),
  },
  "GET /api/imports": {
    summary: "Lists recent imports with their counts, newest first",
    query: z.strictObject({ ...paging, name: searchText().optional() }),
    data: z.object({ imports: z.array(importRecord), next: z.int().nullable() }),
  },
  "GET /api/imports/{id}": {
    summary: "Returns one import with its counts",
    data: importRecord,
    refusals: { 404: "There is no such import" },
  },
} satisfies Operations;
