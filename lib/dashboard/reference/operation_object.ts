import { z } from "zod";

const media = z.object({
  schema: z.looseObject({ properties: z.looseObject({ data: z.unknown().optional() }).optional() }),
});
const content = z.record(z.string(), media);

const operationObject = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.tuple([z.string()]),
  parameters: z.array(z.object({ name: z.string(), required: z.boolean(), schema: z.unknown() })),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content })),
});

/** One method of one path in an OpenAPI document from `createOpenApi`. */
export type OperationObject = z.infer<typeof operationObject>;

const paths = z.record(z.string(), z.record(z.string(), operationObject));

/** An operation with its method and path. */
export interface ListedOperation {
  method: string;
  path: string;
  operation: OperationObject;
}

/** Groups the operations of an OpenAPI document by tag, in document order. */
export function operationsByTag(document: { paths?: unknown }): Map<string, ListedOperation[]> {
  const listed = Object.entries(paths.parse(document.paths)).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    }))
  );
  return Map.groupBy(listed, ({ operation: { tags: [tag] } }) => tag);
}
