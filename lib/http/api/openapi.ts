import { z } from "zod";
import { snakeCase } from "../../runtime/snake_case.ts";
import type { Operation, Operations } from "./operation.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

/** The error responses common to all endpoints; also documented in `docs/api.md`. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: "An invalid query or body; the message names each error",
  401: "No token, or an unknown one",
  403: "Not with this role, or from a page of another origin",
  405: "Not with this method; Allow names those that there are",
  429: "Too many wrong tokens, or too many articles wait; Retry-After has the delay",
  500: "The broker or the database is away, or something went wrong",
};

export interface OpenApiOptions {
  version: string;
  /** The server's URL: the public URL with the base path. */
  server: string;
  operations: Operations;
}

/** Returns the OpenAPI 3.1 document of the API, generated from the schemas that validate requests. */
export function createOpenApi({ version, server, operations }: OpenApiOptions): JsonObject {
  const schemas: JsonObject = {};
  const paths: { [path: string]: JsonObject } = {};
  for (const [key, operation] of Object.entries(operations)) {
    const [method = "", path = ""] = key.split(" ");
    const described = describe(key, operation, schemas);
    (paths[path] ??= {})[method.toLowerCase()] = described;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Millrace",
      version,
      description: 'Responses are `{"success": true, "data": …}`, or `{"success": false, ' +
        '"message": "…"}` with a sentence that names what is wrong and where.',
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: server }],
    security: [{ bearer: [] }, { session: [] }],
    tags: [...new Set(Object.keys(operations).map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...schemas, Refusal: REFUSAL },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "A token of a role" },
        session: { type: "apiKey", in: "cookie", name: "millrace_session" },
      },
    },
  };
}

const REFUSAL: JsonObject = {
  type: "object",
  required: ["success", "message"],
  properties: {
    success: { const: false },
    message: {
      type: "string",
      description: "In the language of Accept-Language or of the cookie language, else in English",
    },
    code: { type: "string", description: "Identifies the message; of several errors the first" },
    parameters: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "The values in the message, such as the name of a field",
    },
    data: {},
  },
};

function describe(key: string, operation: Operation, schemas: JsonObject): JsonObject {
  const { summary, query, body, data, mediaType, status = 200, refusals = {} } = operation;
  const schema = toSchema(data, "output", schemas);
  const content = mediaType === undefined
    ? {
      "application/json": {
        schema: {
          type: "object",
          required: ["success", "data"],
          properties: { success: { const: true }, data: schema },
        },
      },
    }
    : { [mediaType]: { schema } };
  const refused = Object.entries({ ...REFUSALS, ...refusals }).map(([code, description]) => [
    code,
    {
      description,
      content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
    },
  ]);
  return {
    operationId: operationId(key),
    summary,
    tags: [tagOf(key)],
    parameters: [
      ...[...key.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => pathParameter(name)),
      ...(query === undefined ? [] : queryParameters(query, schemas)),
    ],
    ...(body === undefined ? {} : { requestBody: requestBody(body, schemas) }),
    responses: {
      [status]: { description: "Done", content },
      ...Object.fromEntries(refused),
    },
  };
}

function pathParameter(name: string): JsonObject {
  const schema: JsonObject = name === "id" ? { type: "integer", minimum: 1 } : { type: "string" };
  return { name, in: "path", required: true, schema };
}

function queryParameters(query: z.ZodObject, schemas: JsonObject): Json[] {
  return Object.entries(query.shape).map(([name, field]) => {
    const optional = field.safeParse(undefined).success;
    return { name, in: "query", required: !optional, schema: toSchema(field, "input", schemas) };
  });
}

function requestBody(body: NonNullable<Operation["body"]>, schemas: JsonObject): JsonObject {
  if (body.kind === "json") {
    const schema = toSchema(body.schema, "input", schemas);
    return { required: true, content: { "application/json": { schema } } };
  }
  const content = body.mediaTypes.map((type) => [type, { schema: { type: "string" } }]);
  return { required: true, content: Object.fromEntries(content) };
}

/** Converts a zod schema to JSON Schema; named ones are put in `schemas` and referenced. */
function toSchema(
  schema: z.core.$ZodType,
  io: "input" | "output",
  schemas: JsonObject,
): JsonObject {
  const { $schema: _, $defs = {}, ...made } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ jsonSchema }) {
      // A query parameter that is parsed from digits is documented as an integer.
      if (jsonSchema.type === "integer") delete jsonSchema.pattern;
    },
  });
  const named = (value: unknown) => inWireNames(value, io);
  for (const [name, each] of Object.entries($defs)) schemas[name] = named(each);
  return named(made) as JsonObject;
}

/** Rows have camel case names; JSON has snake case. */
function inWireNames(value: unknown, io: "input" | "output"): Json {
  if (Array.isArray(value)) return value.map((each) => inWireNames(each, io));
  if (value === null || typeof value !== "object") return value as Json;
  const entries = Object.entries(value).map(([key, each]): [string, Json] => {
    if (key === "$ref") return [key, String(each).replace("#/$defs/", "#/components/schemas/")];
    if (io === "input") return [key, inWireNames(each, io)];
    if (key === "required") return [key, (each as string[]).map(snakeCase)];
    if (key !== "properties") return [key, inWireNames(each, io)];
    const properties = Object.entries(each as object).map(([name, property]) => [
      snakeCase(name),
      inWireNames(property, io),
    ]);
    return [key, Object.fromEntries(properties)];
  });
  return Object.fromEntries(entries);
}

/** `GET /api/articles/{id}` → `articles`. */
function tagOf(key: string): string {
  return key.split("/")[2] ?? "";
}

/** `POST /api/articles/{id}/process` → `post_articles_id_process`. */
function operationId(key: string): string {
  return key.toLowerCase().replace("/api", "").replace(/[^a-z0-9]+/g, "_").replace(/_$/, "");
}
