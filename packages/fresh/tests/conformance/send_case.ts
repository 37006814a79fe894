import { Buffer } from "node:buffer";
import { type IncomingMessage, request } from "node:http";
import type { Case } from "./cases.ts";

/** The recorded parts of a response. */
export interface Recorded {
  status: number;
  contentType: string | null;
  location: string | null;
  headers: Record<string, string>;
  text: string;
}

const KEPT_HEADERS = ["x-trail", "x-page", "x-rendered", "allow"];

/** Sends the request of a case to the server at `base`, and returns the recorded parts of its response. */
export async function sendCase(base: string, one: Case): Promise<Recorded> {
  const { response, text } = await send(base, one);
  const header = (name: string) => response.headers[name]?.toString() ?? null;
  const headers: Record<string, string> = {};
  for (const name of [...KEPT_HEADERS, ...one.keep ?? []]) {
    const value = header(name);
    if (value !== null) headers[name] = name === "etag" ? value.replace(/"\w+"/, '"HASH"') : value;
  }
  return {
    status: response.statusCode ?? 0,
    contentType: header("content-type"),
    location: header("location"),
    headers,
    text: one.dropText ? "" : normalize(text),
  };
}

/** Sends a request with Node's client: `fetch` refuses some methods and headers, and decompresses. */
export function send(
  base: string,
  { method = "GET", path, headers = {}, body }: Pick<Case, "method" | "path" | "headers" | "body">,
): Promise<{ response: IncomingMessage; text: string }> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers: { connection: "close", ...headers } },
      (response) => {
        const chunks: Uint8Array[] = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on(
          "end",
          () => resolve({ response, text: new TextDecoder().decode(Buffer.concat(chunks)) }),
        );
      },
    );
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ response, text: "" });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Removes parts that can differ between builds: scripts, comments, cache keys, keys, white space. */
function normalize(html: string): string {
  return html
    .replace(/<script\b[\s\S]*?<\/script>/g, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/__frsh_c=[0-9a-f]+/g, "__frsh_c=BUILD")
    .replace(/<link rel="modulepreload"[^>]*>/g, "")
    .replace(/ data-(frsh-)?key="[^"]*"/g, "")
    .replace(/\s+/g, " ")
    .replace(/\s*(\/?>)/g, "$1")
    .trim();
}

/**
 * Replaces the placeholders of a case: the build's cache key, the path of one of its scripts, and
 * the entity tag of the stylesheet.
 */
export async function placeholders(base: string): Promise<(one: Case) => Case> {
  const textAt = async (path: string) => (await send(base, { path })).text;
  const [, build] = /__frsh_c=(\w+)/.exec(await textAt("/api/asset")) ?? [];
  const [script] = /\/_fresh\/js\/[^"']+\.js/.exec(await textAt("/")) ?? [];
  const { etag } = (await send(base, { path: "/style.css" })).response.headers;
  const fill = (text: string) =>
    text
      .replace("{build}", String(build))
      .replace("{module}", String(script))
      .replace("{etag}", String(etag));
  return (one) => ({
    ...one,
    path: fill(one.path),
    headers: Object.fromEntries(
      Object.entries(one.headers ?? {}).map(([name, value]) => [name, fill(value)]),
    ),
  });
}

/** Returns the first message of a WebSocket, and the reply to `message` if it is given. */
export async function talk(url: string, message?: string): Promise<string[]> {
  const socket = new WebSocket(url);
  const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
  const received: string[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("error", reject);
    socket.addEventListener("message", ({ data }) => {
      received.push(data);
      if (received.length === 1 && message !== undefined) socket.send(message);
      else resolve();
    });
  });
  socket.close();
  await closed;
  return received;
}
