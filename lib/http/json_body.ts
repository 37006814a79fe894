import { HttpError } from "fresh";
import { toError } from "../runtime/errors.ts";
import { isExcessive, jsonExtent } from "../runtime/json_extent.ts";

/** The depth limit of a body: what reads a value recursively, such as `JSON.stringify`, would exhaust the stack. */
const MOST_NESTED = 100;

/**
 * Parses a JSON body. Throws an `HttpError`: 415 when the body is not declared as JSON or is compressed, 413
 * when it is longer than `maxBytes` or would take too long to parse, 400 when it is invalid
 * or nested too deep.
 */
export async function jsonBody(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const given = type === "" ? "missing" : type;
    throw new HttpError(415, `The content type must be application/json; it is ${given}`);
  }
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw new HttpError(415, `The body must not be packed; its content encoding is ${encoding}`);
  }
  const text = await boundedText(request, maxBytes);
  if (isExcessive(jsonExtent(text))) {
    throw new HttpError(413, "The body has more than 60,000 values, or 20,000 different names");
  }
  const value = parsed(text);
  if (isDeeper(value, MOST_NESTED)) {
    throw new HttpError(400, `The body is nested more than ${MOST_NESTED} deep`);
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpError(400, `The body is not JSON: ${toError(error).message}`, { cause: error });
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((one) => isDeeper(one, depth - 1));
}

async function boundedText(request: Request, maxBytes: number): Promise<string> {
  const tooLong = () => new HttpError(413, `The body is longer than ${maxBytes} bytes`);
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLong();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  let text = "";
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLong();
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError(400, `The body cannot be read: ${toError(error).message}`, {
      cause: error,
    });
  }
}
