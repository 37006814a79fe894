/** The response to a request on its own connection. */
export interface RawResponse {
  status: number;
  body: string;
}

/**
 * Sends a request with exactly these headers, including those that `fetch` forbids (such as `Host`), and
 * reads the response until the connection closes.
 */
export async function rawRequest(
  port: number,
  line: string,
  headers: Record<string, string>,
): Promise<RawResponse> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const all = { connection: "close", ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  await connection.write(new TextEncoder().encode(`${line} HTTP/1.1\r\n${head}\r\n`));
  let text = "";
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(16_384);
  for (;;) {
    const length = await connection.read(buffer);
    if (length === null) break;
    text += decoder.decode(buffer.subarray(0, length), { stream: true });
    // An upgraded connection stays open, so only its head is read.
    if (/^HTTP\/1\.1 101 [^]*\r\n\r\n/.test(text)) break;
  }
  const [head_ = "", body = ""] = text.split("\r\n\r\n", 2);
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head_)?.[1]), body };
}
