import { z } from "zod";
import { cause } from "../../database/failure_causes.ts";
import { failedArticle } from "../../database/failures.ts";
import { operation } from "../../database/operations.ts";
import { FAILURE_CURSOR } from "../../wire/failure_cursor.ts";
import { errorCode } from "../failures/with_error_code.ts";
import { failureBody, failureQuery } from "../failures/read_failure_query.ts";
import { paging } from "../paging.ts";
import type { Operations } from "./operation.ts";

const byState = z.object({ retry: z.int(), dead: z.int() });
const failureFacets = z.object({
  all: byState,
  states: byState,
  matching: byState,
  facets: z.array(z.object({
    kind: z.enum(["reason", "cause", "group", "source", "node"]),
    total: z.int(),
    values: z.array(z.object({ value: z.string(), count: z.int(), recent: z.array(z.int()) })),
  })),
  time: z.object({ from: z.number(), to: z.number(), counts: z.array(z.int()) }),
});
const cursor = z.string().regex(FAILURE_CURSOR, {
  error: "must be a cursor of an earlier response",
});
const FILTER_BYTES = 64 * 1024;
const filterBody = { kind: "json", schema: failureBody, maxBytes: FILTER_BYTES } as const;
const NO_OPERATION = { 404: "There is no such operation" };

/** The API operations on failed articles, single or in bulk. */
export const failureOperations = {
  "GET /api/failures": {
    summary: "Lists the articles in retry or dead, latest failure first",
    query: z.strictObject({ cursor: cursor.optional(), limit: paging.limit, ...failureQuery }),
    data: z.object({
      articles: z.array(failedArticle.extend(errorCode)),
      next: z.string().nullable(),
    }),
  },
  "GET /api/failures/causes": {
    summary: "Lists the causes of failures, those with most articles first, with the counts of all",
    query: z.strictObject({ limit: paging.limit, ...failureQuery }),
    data: z.object({
      causes: z.array(cause.extend(errorCode)),
      total: z.int(),
      retry: z.int(),
      dead: z.int(),
    }),
  },
  "GET /api/failures/facets": {
    summary:
      "Counts failures by reason, cause, group, source, node and time, each under the others",
    query: z.strictObject({ limit: paging.limit, ...failureQuery }),
    data: failureFacets,
  },
  "GET /api/failures/count": {
    summary: "Counts the articles that a retry or a clearing with this filter would move now",
    query: z.strictObject(failureQuery),
    data: z.object({ count: z.int() }),
  },
  "POST /api/failures/retry": {
    summary: "Moves the failed articles that match back to pending and forgets their tries",
    body: filterBody,
    data: operation,
  },
  "POST /api/failures/clear": {
    summary: "Clears the dead letters that match; it can be undone for ten minutes",
    body: filterBody,
    data: operation,
  },
  "GET /api/operations": {
    summary: "Lists the bulk operations, newest first, with their progress",
    query: z.strictObject({ limit: paging.limit }),
    data: z.object({ operations: z.array(operation) }),
  },
  "GET /api/operations/{id}": {
    summary: "Returns one bulk operation with its progress",
    data: operation,
    refusals: NO_OPERATION,
  },
  "POST /api/operations/{id}/undo": {
    summary: "Undoes a clearing: what it cleared is dead again",
    data: operation,
    refusals: {
      ...NO_OPERATION,
      409: "It is not a clearing of the last ten minutes, moved no articles, or was undone before",
    },
  },
} satisfies Operations;
