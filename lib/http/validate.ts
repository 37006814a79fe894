import { HttpError } from "fresh";
import { z } from "zod";

/** Parses a value by its schema. Throws an `HttpError` 400 that names each error and its path. */
export function validate<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const parsed = z.core.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new HttpError(400, parsed.error.issues.map(sentence).join("; "));
}

/**
 * Parses a URL's query by its schema. A parameter may occur once, that of a list several times; an empty
 * value counts as missing.
 */
export function validateQuery<Schema extends z.core.$ZodType>(
  schema: Schema,
  query: URLSearchParams,
): z.infer<Schema> {
  const lists = listNames(schema);
  // Without a prototype, whose members a parameter may be named like.
  const given: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of query) {
    if (value === "") continue;
    if (lists.has(name)) given[name] = [...given[name] ?? [], value];
    else if (name in given) throw new HttpError(400, `${name} is given twice`);
    else given[name] = value;
  }
  return validate(schema, given);
}

/** Returns the names of list parameters. */
function listNames(schema: z.core.$ZodType): ReadonlySet<string> {
  if (!(schema instanceof z.ZodObject)) return new Set();
  const isList = (field: unknown): boolean =>
    field instanceof z.ZodArray || field instanceof z.ZodOptional && isList(field.unwrap());
  return new Set(Object.keys(schema.shape).filter((name) => isList(schema.shape[name])));
}

/** Rejects every parameter of a query that has none: a misspelled option must not be ignored. */
export function noQuery(query: URLSearchParams): null {
  validateQuery(z.strictObject({}), query);
  return null;
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const [key = "", ...more] = issue.keys;
    return more.length === 0 ? `${key} is unknown` : `${issue.keys.join(", ")} are unknown`;
  }
  // Only a body may fail as a whole: a query is always an object.
  if (issue.path.length === 0) return "the body must be a JSON object";
  return `${issue.path.join(".")} ${issue.message}`;
}
