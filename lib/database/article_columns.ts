import { z } from "zod";
import {
  ARTICLE_FIELD_NAMES,
  ARTICLE_FIELDS,
  type ArticleFields,
  CONTENT_KINDS,
  type FieldType,
  type Json,
} from "../article/article_fields.ts";
import { jsonObject } from "./json_object.ts";
import { storable } from "./sql_parameters.ts";

const FIELDS = Object.values(ARTICLE_FIELDS);

/** The depth limit of `extra`: Postgres rejects JSON that is nested some thousands deep. */
export const DEEPEST_STORED = 32;

/** The column's type in Postgres, and the schema of its values. */
const COLUMNS: Record<FieldType, { sql: string; schema: z.ZodType }> = {
  text: { sql: "text", schema: z.string() },
  address: { sql: "text", schema: z.string() },
  names: { sql: "text", schema: z.string() },
  time: { sql: "text", schema: z.string() },
  list: { sql: "jsonb", schema: z.array(z.string()) },
  object: { sql: "jsonb", schema: jsonObject },
  kind: { sql: "text", schema: z.enum(CONTENT_KINDS) },
};

/** The columns of an article's fields in SQL: `url, author, …`. */
export const FIELD_COLUMNS = FIELDS.map(({ column }) => column).join(", ");

/** The same with their types, for `json_to_recordset`. */
export const TYPED_FIELD_COLUMNS = FIELDS
  .map(({ column, type }) => `${column} ${COLUMNS[type].sql}`)
  .join(", ");

/** For UPDATE: sets the columns of given fields; others keep their values. */
export const FIELD_ASSIGNMENTS = FIELDS
  .map(({ column }) => `${column} = coalesce(given.${column}, articles.${column})`)
  .join(", ");

/** The schema of the columns. */
export const fieldShape = Object.fromEntries(
  ARTICLE_FIELD_NAMES.map((name) => [name, COLUMNS[ARTICLE_FIELDS[name].type].schema.nullable()]),
  // The type of a computed object loses its keys, which are those of the table.
) as unknown as { [Name in keyof ArticleFields]: z.ZodType<ArticleFields[Name]> };

/** Converts fields to a row for `json_to_recordset`, where a missing column is null and costs nothing. */
export function fieldRow(fields: ArticleFields): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const name of ARTICLE_FIELD_NAMES) {
    if (fields[name] !== null) row[ARTICLE_FIELDS[name].column] = storableJson(fields[name]);
  }
  return row;
}

/** Converts JSON to what Postgres accepts: no NUL, no lone surrogate, limited depth. */
function storableJson(value: Json, depth = 0): Json {
  if (typeof value === "string") return storable(value);
  if (value === null || typeof value !== "object") return value;
  if (depth === DEEPEST_STORED) return null;
  if (Array.isArray(value)) return value.map((one) => storableJson(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      storable(key),
      storableJson(one, depth + 1),
    ]),
  );
}
