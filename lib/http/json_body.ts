import { HttpError } from "fresh";
import { toError } from "../runtime/errors.ts";

/**
 * Parses a JSON body. Throws an `HttpError`: 415 when the body is not declared as JSON or is compressed, 413
 * when it is longer than `maxBytes`, 400 when it is invalid.
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
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpError(400, `The body is not JSON: ${toError(error).message}`, { cause: error });
  }
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
