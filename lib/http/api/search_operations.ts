import { z } from "zod";
import { searchResult } from "../../wire/search_result.ts";
import { searchText } from "../search_text.ts";
import type { Operations } from "./operation.ts";

const LONGEST = 200;

/** The operation that finds things by their names. */
export const searchOperations = {
  "GET /api/search": {
    summary: "Finds articles by id or title, causes, nodes, groups and settings by their names",
    query: z.strictObject({
      q: searchText().pipe(
        z.string().trim().min(1, { error: "must not be empty" }).max(LONGEST, {
          error: `must have at most ${LONGEST} characters`,
        }),
      ),
    }),
    data: z.object({ found: z.array(searchResult) }),
  },
} satisfies Operations;
