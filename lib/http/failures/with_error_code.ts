import { z } from "zod";
import { type OutcomeMeaning, outcomeMeaning } from "../../i18n/refusals/word_outcome.ts";

/** The schema of the code of an error that is worded by Millrace, and of the values in it; null for others. */
export const errorCode = {
  code: z.string().nullable(),
  parameters: z.record(z.string(), z.string()).nullable(),
};

/** Adds the code of its error to a failed try or article. */
export function withErrorCode<T extends { error: string | null }>(failed: T): T & OutcomeMeaning {
  return { ...failed, ...outcomeMeaning(failed.error) };
}
