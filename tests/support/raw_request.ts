/** What a server answered on a connection of its own. */
export interface RawAnswer {
  status: number;
  body: string;
}

/**
 * Sends a request with exactly these headers, which `fetch` would not let one choose (`Host` among
 * them), and reads the answer to the end of its connection.
 */
export async function rawRequest(
  port: number,
  line: string,
  headers: Record<string, string>,
): Promise<RawAnswer> {
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
    // An upgraded connection stays open: its head is all there is to read.
    if (/^HTTP\/1\.1 101 [^]*\r\n\r\n/.test(text)) break;
  }
  const [head_ = "", body = ""] = text.split("\r\n\r\n", 2);
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head_)?.[1]), body };
}
