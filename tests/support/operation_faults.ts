import { HOSTILE_TEXTS } from "./bad_input.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

interface Schema {
  type?: string;
  enum?: Json[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
}

interface DescribedOperation {
  parameters: { name: string; in: "path" | "query"; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

/** The part of an OpenAPI document that requests are made from. */
export interface DescribedInterface {
  paths: Record<string, Record<string, DescribedOperation>>;
}

export interface FaultyRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Values of every type, at their limits and beyond. */
const VALUES: readonly Json[] = [
  ...[null, true, false, 0, -1, 0.5, 2 ** 53, 1e300, [], {}, [null], [[]], { a: { b: [] } }],
  ...[Array(2_000).fill(1), Array(60).fill("x"), ["\0"], "8640000000000001", "253402214400000"],
];

/**
 * Returns a request to a random operation of an interface, some of whose parameters and fields are missing, unknown,
 * repeated, of another type, or hostile.
 */
export function faultyRequest(
  random: () => number,
  { paths }: DescribedInterface,
): FaultyRequest {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const hostile = (): Json => random() < 0.5 ? pick(VALUES) : pick(HOSTILE_TEXTS).toWellFormed();
  const textOf = (value: Json) =>
    (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 3_000);
  const valueOf = (schema: Schema): Json => random() < 0.4 ? hostile() : fitting(schema);

  /** A value that the schema describes, more or less. */
  function fitting({ type, enum: options, properties, items, anyOf, minimum }: Schema): Json {
    if (anyOf !== undefined) return fitting(pick(anyOf));
    if (options !== undefined) return pick(options);
    if (type === "array") return Array.from({ length: 2 }, () => valueOf(items ?? {}));
    if (type === "object" || properties !== undefined) return objectOf(properties ?? {});
    if (type === "boolean") return random() < 0.5;
    if (type === "integer" || type === "number") return minimum ?? 1;
    return "1";
  }

  function objectOf(properties: Record<string, Schema>): Json {
    const given = Object.entries(properties).filter(() => random() < 0.8);
    const fields = given.map(([name, schema]): [string, Json] => [name, valueOf(schema)]);
    if (random() < 0.2) fields.push([pick(HOSTILE_TEXTS), hostile()]);
    return Object.fromEntries(fields);
  }

  const [pattern, methods] = pick(Object.entries(paths));
  const [method, operation] = pick(Object.entries(methods));
  const query: [string, string][] = operation.parameters
    .filter((each) => each.in === "query" && random() < 0.7)
    .map(({ name, schema }) => [name, textOf(valueOf(schema))]);
  if (query.length > 0 && random() < 0.1) query.push(pick(query));
  if (random() < 0.1) query.push([textOf(hostile()), textOf(hostile())]);
  const path = pattern.replace(
    /\{\w+\}/g,
    () => random() < 0.5 ? "1" : encodeURIComponent(textOf(hostile())).slice(0, 500) || "x",
  );
  const search = query.length > 0 ? `?${new URLSearchParams(query)}`.slice(0, 7_000) : "";
  const [type, content] = pick(Object.entries(operation.requestBody?.content ?? { "": null }));
  const body = content === null ? null : JSON.stringify(valueOf(content.schema));
  return {
    method: method.toUpperCase(),
    path: path + search,
    headers: body === null ? {} : { "content-type": type },
    body,
  };
}
