import { z } from "zod";
import type { Json } from "../article/article_fields.ts";

/** The schema of a JSON object as parsed. `z.record` would copy it, without a member named `__proto__`. */
export const jsonObject = z.custom<Record<string, Json>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
).meta({ type: "object", additionalProperties: {} });
