import { z } from "zod";

const simple = z.strictObject({
  type: z.string(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

/**
 * Describes the schema of a parameter in one line, such as `integer, 1 to 200`; as JSON if it has other
 * constraints.
 */
export function parameterText(schema: unknown): string {
  const parsed = simple.safeParse(schema);
  if (!parsed.success) return JSON.stringify(schema);
  const { type, enum: values, minimum, maximum = Number.MAX_SAFE_INTEGER } = parsed.data;
  if (values !== undefined) return values.join(" | ");
  if (minimum === undefined) return type;
  return maximum >= Number.MAX_SAFE_INTEGER
    ? `${type}, from ${minimum}`
    : `${type}, ${minimum} to ${maximum}`;
}
