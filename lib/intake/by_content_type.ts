import { parseCsv } from "./csv.ts";
import { parseFeed } from "./feed.ts";
import { gunzip } from "./gunzip.ts";
import { parseHtml } from "./html.ts";
import { parseJson } from "./json.ts";
import { parseNdjson } from "./ndjson.ts";
import type { Parsed, Parser } from "./parsed.ts";
import { sniff } from "./sniff.ts";
import { parseText } from "./text.ts";
import { isKnownCharset } from "./utf8.ts";

const PARSERS = new Map<string, Parser>([
  ["application/x-ndjson", parseNdjson],
  ["application/ndjson", parseNdjson],
  ["application/jsonl", parseNdjson],
  ["application/json", parseJson],
  ["text/csv", parseCsv],
  ["application/rss+xml", parseFeed],
  ["application/atom+xml", parseFeed],
  ["application/rdf+xml", parseFeed],
  ["application/xml", parseFeed],
  ["text/xml", parseFeed],
  ["text/html", parseHtml],
  ["application/xhtml+xml", parseHtml],
  ["text/plain", parseText],
]);

const GZIP = ["application/gzip", "application/x-gzip"];
/** Types that say nothing of the content; the file's name may. */
const UNTYPED = ["", "application/octet-stream", ...GZIP];

/** The content types that are read, for messages and forms. */
export const ACCEPTED: readonly string[] = [...PARSERS.keys()];

/** An input that none of the parsers can read; its message names what can be. */
export class UnsupportedMediaTypeError extends Error {
  override readonly name = "UnsupportedMediaTypeError";
  readonly status = 415;
}

/** What a sender says of the bytes: two headers, and the file's name where there is one. */
export interface Declared {
  contentType: string | null;
  contentEncoding: string | null;
  fileName: string | null;
}

/**
 * The parser for bytes declared so. The file's name decides where the content type does not, or
 * says gzip. Throws `UnsupportedMediaTypeError` when nothing here reads them.
 */
export function parserFor(
  declared: Declared,
): (body: AsyncIterable<Uint8Array>) => AsyncGenerator<Parsed> {
  const { type, charset } = readContentType(declared.contentType ?? "");
  const named = UNTYPED.includes(type) ? sniff(declared.fileName ?? "") : null;
  const parse = PARSERS.get(named?.contentType ?? type);
  if (parse === undefined) throw unsupported(declared, type);
  if (charset !== null && !isKnownCharset(charset)) {
    throw new UnsupportedMediaTypeError(`Cannot read the articles: charset ${charset} is unknown`);
  }
  const packed = GZIP.includes(type) || named?.contentEncoding === "gzip" ||
    isGzip(declared.contentEncoding);
  return (body) => parse(packed ? gunzip(body) : body, charset);
}

function readContentType(header: string): { type: string; charset: string | null } {
  const [type = "", ...parameters] = header.split(";");
  const charset = parameters.join(";").match(/charset\s*=\s*"?([^\s";]+)/i)?.[1] ?? null;
  return { type: type.trim().toLowerCase(), charset };
}

function isGzip(contentEncoding: string | null): boolean {
  const encoding = (contentEncoding ?? "identity").trim().toLowerCase();
  if (encoding === "gzip" || encoding === "x-gzip") return true;
  if (encoding === "identity" || encoding === "") return false;
  throw new UnsupportedMediaTypeError(
    `Cannot read the articles: content encoding ${encoding} is not gzip or identity`,
  );
}

function unsupported({ fileName }: Declared, type: string): UnsupportedMediaTypeError {
  const what = !UNTYPED.includes(type)
    ? `content type ${type}`
    : fileName
    ? `the file name ${fileName}`
    : "an input without content type";
  return new UnsupportedMediaTypeError(
    `Cannot read the articles: ${what} is none of ${ACCEPTED.join(", ")}`,
  );
}
