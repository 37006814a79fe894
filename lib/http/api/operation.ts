import type { z } from "zod";

/** A JSON body with its maximum size. */
export interface JsonBody {
  kind: "json";
  schema: z.core.$ZodType;
  maxBytes: number;
}

/** A streamed body of any length, in one of these media types. */
export interface StreamBody {
  kind: "stream";
  mediaTypes: readonly string[];
}

/**
 * One method of one path of the API. The same schemas validate requests and generate the OpenAPI document, so
 * that the two cannot diverge.
 */
export interface Operation {
  /** A summary in one sentence. */
  summary: string;
  /** The query parameters; without it, any parameter is rejected. */
  query?: z.ZodObject;
  body?: JsonBody | StreamBody;
  /** The schema of the response's `data`. */
  data: z.core.$ZodType;
  /** The media type of a response that is a file with one `data` per line instead of the JSON envelope. */
  mediaType?: string;
  /** The status on success; 200 by default. */
  status?: number;
  /** Additional error statuses, with their conditions. */
  refusals?: Readonly<Record<number, string>>;
}

/** Operations by method and path, such as `GET /api/articles/{id}`. */
export type Operations = Readonly<Record<string, Operation>>;
