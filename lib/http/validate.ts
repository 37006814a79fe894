import { HttpError } from "fresh";
import { z } from "zod";

/** The longest unknown name in a message, in characters, and the most of them. */
const LONGEST_SHOWN = 100;
const MOST_SHOWN = 20;

/** Parses a body by its schema. Throws an `HttpError` 400 that names each error and its field, such as `ids[3]`. */
export function validate<Schema extends z.core.$ZodType>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  return parse(schema, body, fieldAt);
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
    else if (name in given) throw new HttpError(400, `${shown(name)} is given twice`);
    else given[name] = value;
  }
  // The values of a repeated parameter have no number that a client knows.
  return parse(schema, given, ([name = ""]) => String(name));
}

/** Why fields of a form are refused, by their names: sentences in English. */
export type FieldFaults = Readonly<Record<string, string>>;

/** Parses the values of a form by its schema, and returns the data or the first fault of each field. */
export function checkFields<Schema extends z.core.$ZodType>(
  schema: Schema,
  values: Record<string, unknown>,
): { data: z.infer<Schema>; faults: null } | { data: null; faults: FieldFaults } {
  const parsed = z.core.safeParse(schema, values, { reportInput: true, error: generalMessage });
  if (parsed.success) return { data: parsed.data, faults: null };
  const faults = parsed.error.issues.map((issue) =>
    [String(issue.path[0] ?? ""), sentence(issue, fieldAt(issue.path))] as const
  );
  return { data: null, faults: Object.fromEntries(faults.reverse()) };
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

function parse<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  nameOf: (path: readonly PropertyKey[]) => string,
): z.infer<Schema> {
  const parsed = z.core.safeParse(schema, value, { reportInput: true, error: generalMessage });
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => sentence(issue, nameOf(issue.path)));
  throw new HttpError(400, [...new Set(sentences)].join("; "));
}

/** The message of a schema without one of its own. Only a body may fail as a whole: a query is always an object. */
function generalMessage({ path = [] }: { path?: PropertyKey[] | undefined }): string {
  return path.length === 0 ? "the body must be a JSON object" : "is invalid";
}

/** The field at a path as programs write it: `ids[3]` is the fourth of `ids`. */
function fieldAt(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, part) => {
    if (typeof part === "number") return `${field}[${part}]`;
    return field === "" ? String(part) : `${field}.${String(part)}`;
  }, "");
}

function sentence(issue: z.core.$ZodIssue, field: string): string {
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.slice(0, MOST_SHOWN).map(shown).join(", ");
    if (issue.keys.length > MOST_SHOWN) return `${names}, … are unknown`;
    return issue.keys.length === 1 ? `${names} is unknown` : `${names} are unknown`;
  }
  if (issue.path.length === 0) return issue.message;
  // Neither JSON nor a query has this value.
  return issue.input === undefined ? `${field} is missing` : `${field} ${issue.message}`;
}

/** An unknown name as a message shows it: cut, and without what separates messages. */
function shown(name: string): string {
  const characters = [...name.replace(/[;:\p{C}]/gu, "\ufffd")];
  if (characters.length <= LONGEST_SHOWN) return characters.join("");
  return `${characters.slice(0, LONGEST_SHOWN).join("")}…`;
}
