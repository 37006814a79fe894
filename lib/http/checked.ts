import { HttpError } from "fresh";
import type { z } from "zod";

/** The value as the schema reads it. Throws an `HttpError` 400 that names each fault and where it is. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HttpError(400, parsed.error.issues.map(sentence).join("; "));
}

/** The query of an address, checked; each name may be given once, and counts as not given when empty. */
export function checkedQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: URLSearchParams,
): z.infer<Schema> {
  for (const name of query.keys()) {
    if (query.getAll(name).length > 1) throw new HttpError(400, `${name} is given twice`);
  }
  return checked(schema, Object.fromEntries([...query].filter(([, value]) => value !== "")));
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const [key = "", ...more] = issue.keys;
    return more.length === 0 ? `${key} is unknown` : `${issue.keys.join(", ")} are unknown`;
  }
  // Only a body may be something else as a whole: a query is an object by its making.
  if (issue.path.length === 0) return "the body must be a JSON object";
  return `${issue.path.join(".")} ${issue.message}`;
}
