import type { Context } from "fresh";
import type { z } from "zod";
import type { State } from "../../../define.ts";
import { noQuery, validate, validateQuery } from "../validate.ts";
import { jsonBody } from "../json_body.ts";
import { only } from "../allowed_methods.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./openapi_operations.ts";

type Key = keyof typeof OPERATIONS;
type Method = "GET" | "POST" | "PUT" | "DELETE";
/** The paths that have an operation. */
export type ApiPath = Key extends infer K ? K extends `${Method} ${infer Path}` ? Path : never
  : never;
type MethodOf<Path extends ApiPath> = {
  [M in Method]: `${M} ${Path}` extends Key ? M : never;
}[Method];

type QueryOf<O> = O extends { query: infer Q extends z.ZodObject } ? z.output<Q> : null;
type BodyOf<O> = O extends { body: { kind: "json"; schema: infer S extends z.core.$ZodType } }
  ? z.output<S>
  : null;

/** The validated input of an operation. */
export interface Input<O> {
  query: QueryOf<O>;
  body: BodyOf<O>;
}

type Handlers<Path extends ApiPath> = {
  [M in MethodOf<Path>]: (
    ctx: Context<State>,
    input: Input<typeof OPERATIONS[`${M} ${Path}` & Key]>,
  ) => Response | Promise<Response>;
};

/**
 * Creates the handlers of an API path. Each is called with its query and JSON body validated by the
 * operation's schemas; invalid input is a 400 that names the error, a method without an operation a 405.
 */
export function endpoint<Path extends ApiPath>(
  path: Path,
  handlers: Handlers<Path>,
): Record<string, (ctx: Context<State>) => Response | Promise<Response>> {
  const methods = Object.keys(handlers) as MethodOf<Path>[];
  const own = methods.map((method) => {
    const operation: Operation = OPERATIONS[`${method} ${path}` as Key];
    const handle = handlers[method] as (
      ctx: Context<State>,
      input: { query: unknown; body: unknown },
    ) => Response | Promise<Response>;
    return [method, async (ctx: Context<State>) => handle(ctx, await read(operation, ctx))];
  });
  return { ...only(...methods), ...Object.fromEntries(own) };
}

async function read({ query, body }: Operation, { url, req }: { url: URL; req: Request }) {
  const names = url.searchParams;
  return {
    query: query === undefined ? noQuery(names) : validateQuery(query, names),
    body: body?.kind === "json" ? validate(body.schema, await jsonBody(req, body.maxBytes)) : null,
  };
}
