import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
// @ts-types="npm:@types/negotiator@^0.6.4"
import Negotiator from "negotiator";

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Smaller bodies fit in a packet or two uncompressed. A file is compressed once, so less is worth it. */
const SMALLEST = { once: 1_024, many: 256 };
/** Brotli levels: 5 costs about as much as gzip; 11 pays off for files that are sent often. */
const QUALITY = { once: 5, many: 11 };
/** More than the number of static files times encodings. */
const KEPT = 400;

/** Types that compress well and are not streamed. Exports, which are streamed, are attachments. */
const COMPRESSIBLE =
  /^(?:text\/(?:html|css|javascript|plain)|image\/svg\+xml|application\/(?:manifest\+)?json)\b/;

type Encoding = "br" | "gzip";
type Bytes = Uint8Array<ArrayBuffer>;

/** Returns the response, compressed if that pays off and the client accepts it. */
export type Compress = (request: Request, response: Response) => Promise<Response>;

/**
 * Creates a response compressor for Brotli and gzip, by the client's preference. Static files of a build are
 * compressed once and cached.
 *
 * Not compressed: bodies that are already compressed, small, streamed (attachments, sockets) or of
 * incompressible types; `no-transform`; and responses to cross-site requests. The last prevents BREACH
 * attacks, which infer a secret in a page from the compressed size of responses to the attacker's requests.
 */
export function createCompression(): Compress {
  const kept = new Map<string, Promise<Bytes>>();

  /** Compresses a static file once; its entity tag changes with its content. */
  function compressFile(key: string, body: Bytes, encoding: Encoding): Promise<Bytes> {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const [oldest] = kept.keys();
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    const compressed = compressBody(body, encoding, QUALITY.many);
    kept.set(key, compressed);
    return compressed;
  }

  return async (request, response) => {
    const { headers, status, statusText } = response;
    if (!COMPRESSIBLE.test(headers.get("content-type") ?? "")) return response;
    headers.append("vary", "Accept-Encoding");
    const encoding = encodingFor(request);
    if (encoding === undefined || !mayCompress(request, response)) return response;

    const body = await response.bytes();
    if (body.byteLength < smallest(headers)) {
      return new Response(body, { headers, status, statusText });
    }
    const etag = headers.get("etag");
    const compressed = etag === null
      ? await compressBody(body, encoding, QUALITY.once)
      : await compressFile(`${encoding} ${etag}`, body, encoding);
    // A strong tag would identify the bytes, which differ by encoding (RFC 9110, 8.8.3.3).
    if (etag?.startsWith('"')) headers.set("etag", `W/${etag}`);
    headers.set("content-encoding", encoding);
    headers.set("content-length", String(compressed.byteLength));
    return new Response(compressed, { headers, status, statusText });
  };
}

/** Returns the encoding that the client prefers; among equals, the more compact one. */
function encodingFor(request: Request): Encoding | undefined {
  const accepted = { headers: { "accept-encoding": request.headers.get("accept-encoding") ?? "" } };
  const order = { preferred: ["br", "gzip"] };
  // @ts-expect-error -- its types are of version 0.6, which lacked the preference parameter
  const encoding = new Negotiator(accepted).encoding(["br", "gzip", "identity"], order);
  return encoding === "br" || encoding === "gzip" ? encoding : undefined;
}

function mayCompress(request: Request, { headers, body }: Response): boolean {
  const site = request.headers.get("sec-fetch-site") ?? "none";
  return body !== null &&
    (site === "same-origin" || site === "none") &&
    !headers.has("content-encoding") &&
    !headers.has("content-disposition") &&
    Number(headers.get("content-length") ?? Infinity) >= smallest(headers) &&
    !/no-transform/.test(headers.get("cache-control") ?? "");
}

/** A body with an entity tag, as files have, is compressed once. */
function smallest(headers: Headers): number {
  return headers.has("etag") ? SMALLEST.many : SMALLEST.once;
}

async function compressBody(body: Bytes, encoding: Encoding, quality: number): Promise<Bytes> {
  if (encoding === "gzip") return new Uint8Array(await gzipAsync(body));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
  };
  return new Uint8Array(await brotliAsync(body, { params }));
}
