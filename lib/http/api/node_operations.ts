import { z } from "zod";
import type { Operations } from "./operation.ts";

/** The API operations on a node. */
export const nodeOperations = {
  "GET /api/backup": {
    summary: "Returns the embedded database, as of one moment, as a file to restore from",
    data: z.string(),
    mediaType: "application/gzip",
    refusals: {
      409: "The database is a server's, whose own tools back it up",
      429: "A backup is under way already; it is sent to its end first",
    },
  },
} satisfies Operations;
