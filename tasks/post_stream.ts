import { type ClientRequest, type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The body to send, with its size. */
export interface Posted {
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
  /** Null if unknown; then the transfer is chunked. */
  bytes: number | null;
  /** Aborts the request, which rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Posts a stream with a `Content-Length`, which `fetch` does not support: without a length, the server's runtime
 * reads far ahead. Resolves to the response, even one that arrives before the whole body was sent; rejects with
 * the system's error when the connection or the body fails.
 */
export async function postStream(
  address: URL,
  { headers, body, bytes, signal }: Posted,
): Promise<{ status: number; text: string }> {
  const request = (address.protocol === "https:" ? overHttps : overHttp)(address, {
    method: "POST",
    headers: bytes === null ? headers : { ...headers, "content-length": String(bytes) },
    ...(signal === undefined ? {} : { signal }),
  });
  const answer = answerTo(request);
  const sending = pipeline(Readable.from(body, { objectMode: false }), request);
  // After the response, the rest need not be sent; without one, the request fails with the sending.
  sending.catch(() => {});
  const response = await Promise.race([answer, sending.then(() => answer)]);
  const text = await new Response(Readable.toWeb(response) as ReadableStream<Uint8Array>).text();
  if (!request.writableFinished) request.destroy();
  return { status: response.statusCode ?? 0, text };
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on("response", resolve);
    request.on("error", reject);
  });
}
