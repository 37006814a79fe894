import type { RouteOnDisk } from "./routes_on_disk.ts";

/** A seeded random number generator (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Texts that commonly break parsers: markup, SQL, control characters, numbers at their limits. */
export const HOSTILE_TEXTS: readonly string[] = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "javascript:alert(1)",
  "' OR 1=1; --",
  "\u0000\u0001\u000b\u001b[31m\u007f",
  "\r\nSet-Cookie: a=b",
  "../../../../etc/passwd",
  "%00%ff%",
  "__proto__",
  "constructor",
  "-1",
  "1e309",
  "9007199254740993",
  "NaN",
  "\ud800",
  "银行".repeat(500),
  "a".repeat(5_000),
  "[".repeat(2_000),
  "{{7*7}}${7*7}",
  "",
];

export interface BadRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | null;
}

/** A random request to a route that is invalid or unusual in some way. */
export function badRequest(random: () => number, routes: readonly RouteOnDisk[]): BadRequest {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const text = () => random() < 0.8 ? pick(HOSTILE_TEXTS) : randomText(random);
  const { pattern, methods } = pick(routes);
  const encoded = () => encodeURIComponent(text().toWellFormed()).slice(0, 1_500);
  let path = pattern.replace(/:\w+\*?/g, () => random() < 0.5 ? "1" : encoded() || "x");
  const names = ["q", "state", "cursor", "limit", "since", "span", "id", "next", "text", "format"];
  const query = Array.from(
    { length: Math.floor(random() * 4) },
    () => `${random() < 0.8 ? pick(names) : encoded()}=${encoded()}`,
  );
  if (query.length > 0) path += `?${query.join("&")}`;
  const method = random() < 0.8 && methods.length > 0
    ? pick(methods)
    : pick(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
  const headers: Record<string, string> = {
    "content-type": pick([
      "application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/x-ndjson",
      "text/csv",
      "application/rss+xml",
      "text/html",
      "text/plain; charset=gbk",
      "nonsense",
    ]),
  };
  if (random() < 0.2) headers["content-encoding"] = pick(["gzip", "br", "x"]);
  if (random() < 0.2) {
    headers.cookie = `language=${encoded()}; theme=${encoded()}; millrace_session=x`;
  }
  if (random() < 0.2) headers["accept-language"] = pick(["zh", "*;q=x", ",,,", "en-".repeat(200)]);
  const hasBody = method !== "GET" && method !== "OPTIONS";
  return { method, path, headers, body: hasBody ? badBody(random, text) : null };
}

function badBody(random: () => number, text: () => string): string | Uint8Array<ArrayBuffer> {
  const kind = random();
  if (kind < 0.15) return crypto.getRandomValues(new Uint8Array(Math.floor(random() * 2_000)));
  const names = ["title", "content", "source", "concurrency", "enabled", "node", "id", "theme"];
  const fields = Object.fromEntries(
    names.filter(() => random() < 0.5).map((name) => [name, random() < 0.7 ? text() : 7]),
  );
  if (kind < 0.5) return JSON.stringify(fields);
  if (kind < 0.6) return JSON.stringify(fields).slice(0, -1);
  if (kind < 0.7) return "[".repeat(Math.floor(random() * 5_000));
  if (kind < 0.9) {
    const pairs = Object.entries(fields).map((
      [name, value],
    ) => [name, String(value).toWellFormed()]);
    return new URLSearchParams(Object.fromEntries(pairs)).toString();
  }
  return `--x\r\ncontent-disposition: form-data; name="file"; filename="${text()}"\r\n\r\n${text()}`;
}

function randomText(random: () => number): string {
  const length = Math.floor(random() * 40);
  return Array.from({ length }, () => String.fromCharCode(Math.floor(random() * 0x300))).join("");
}

/** Bytes of a malformed HTTP request. */
export function rawRequestBytes(random: () => number, host: string): Uint8Array<ArrayBuffer> {
  const whole = new TextEncoder().encode(
    `POST /api/articles?q=1 HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n` +
      `Content-Length: 11\r\nConnection: close\r\n\r\n{"title":1}`,
  );
  const bytes = new Uint8Array(whole);
  const changes = 1 + Math.floor(random() * 6);
  for (let i = 0; i < changes; i++) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  return random() < 0.2 ? bytes.slice(0, Math.floor(random() * bytes.length)) : bytes;
}

/** Bytes of a malformed or disallowed WebSocket frame. */
export function rawFrameBytes(random: () => number): Uint8Array<ArrayBuffer> {
  const length = Math.floor(random() * 140);
  const bytes = crypto.getRandomValues(new Uint8Array(2 + 4 + length));
  if (random() < 0.7) {
    bytes[0] = 0x80 | Math.floor(random() * 16);
    bytes[1] = 0x80 | Math.min(127, length);
  }
  return bytes;
}
