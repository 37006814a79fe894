import { type ClientRequest, type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** What is to be sent, and how many bytes it has. */
export interface Posted {
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
  bytes: number;
}

/**
 * Posts a stream and says how long it is, which `fetch` does not: a stream without a length makes the
 * server's runtime read far ahead. Resolves to the answer, also one that comes before all was sent;
 * rejects with the system's error when the connection, or the body, fails.
 */
export async function postStream(
  address: URL,
  { headers, body, bytes }: Posted,
): Promise<{ status: number; text: string }> {
  const request = (address.protocol === "https:" ? overHttps : overHttp)(address, {
    method: "POST",
    headers: { ...headers, "content-length": String(bytes) },
  });
  const answer = answerTo(request);
  const sending = pipeline(Readable.from(body, { objectMode: false }), request);
  // Who has an answer need not send the rest; who has none fails with the sending.
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
