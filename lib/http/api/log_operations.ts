import { z } from "zod";
import { LEVELS } from "../../dashboard/logs/log_filter.ts";
import { LOG_CURSOR } from "../../dashboard/logs/log_span.ts";
import { keptLogLine } from "../../wire/log_line.ts";
import { queryMoment, queryNumber } from "../paging.ts";
import { searchText } from "../search_text.ts";
import type { Operations } from "./operation.ts";

const LEVEL_ERROR = `must be one of ${LEVELS.join(", ")}`;
/** The lines of one response. */
const MOST_LINES = 1_000;

const cursor = z.string().regex(LOG_CURSOR, { error: "must be a cursor of an earlier response" });

/** The API operations on the log. */
export const logOperations = {
  "GET /api/processor/logs": {
    summary:
      "Returns the newest log lines that match, oldest first, or with a time or a cursor those kept; format=text returns a file",
    query: z.strictObject({
      level: z.array(z.enum(LEVELS, { error: LEVEL_ERROR })).optional(),
      q: searchText().optional(),
      node: searchText().optional(),
      article: queryNumber(0).optional(),
      since: queryMoment.optional(),
      until: queryMoment.optional(),
      before: cursor.optional(),
      after: cursor.optional(),
      limit: queryNumber(1, MOST_LINES).optional(),
      format: z.enum(["json", "text"], { error: "must be json or text" }).optional(),
    }),
    data: z.object({
      lines: z.array(keptLogLine),
      older: z.string().nullable(),
      newer: z.string().nullable(),
      searched_to: z.string().nullable(),
    }),
  },
} satisfies Operations;
