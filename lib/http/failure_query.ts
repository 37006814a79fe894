import { z } from "zod";
import type { FailureFilter } from "../database/failures.ts";
import { soughtText } from "./sought_text.ts";

/** The failed articles that a query means. */
export const failureQuery = {
  state: z.enum(["retry", "dead"], { error: "must be retry or dead" }).optional(),
  fingerprint: soughtText().optional(),
  text: soughtText().optional(),
};

/** The failed articles that a body means; `{}` means all of them. */
export const failureBody = z.strictObject({
  ...failureQuery,
  ids: z.array(z.int({ error: "must be an article's id" }), {
    error: "must be a list of article ids",
  })
    .max(1_000, { error: "must hold at most 1,000 ids" }).optional(),
}) satisfies z.ZodType<FailureFilter>;
