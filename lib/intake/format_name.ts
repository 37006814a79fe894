import type { Packing } from "./bytes/unpack.ts";

/** The supported formats. */
export type Format = "json" | "table" | "feed" | "page" | "text" | "markdown";

/** The content types and file extensions of each. */
const NAMES: Readonly<Record<Format, { types: string[]; extensions: string[] }>> = {
  json: {
    types: [
      "application/x-ndjson",
      "application/ndjson",
      "application/jsonl",
      "application/json-seq",
      "application/json",
      "application/feed+json",
    ],
    extensions: ["jsonl", "ndjson", "json", "json5"],
  },
  table: {
    types: ["text/csv", "text/tab-separated-values"],
    extensions: ["csv", "tsv", "tab"],
  },
  feed: {
    types: [
      "application/rss+xml",
      "application/atom+xml",
      "application/rdf+xml",
      "application/xml",
      "text/xml",
      "text/x-opml",
    ],
    extensions: ["rss", "atom", "rdf", "xml", "opml"],
  },
  page: {
    types: ["text/html", "application/xhtml+xml"],
    extensions: ["html", "htm", "xhtml", "shtml"],
  },
  text: { types: ["text/plain"], extensions: ["txt", "text"] },
  markdown: { types: ["text/markdown", "text/x-markdown"], extensions: ["md", "markdown"] },
};

const FORMATS = Object.keys(NAMES) as Format[];
const BY_TYPE = new Map(FORMATS.flatMap((f) => NAMES[f].types.map((type) => [type, f] as const)));
const BY_EXTENSION = new Map(
  FORMATS.flatMap((f) => NAMES[f].extensions.map((extension) => [extension, f] as const)),
);
/** The content types of compressed data and archives, whose content is detected. */
export const PACKED_TYPES: readonly string[] = [
  "application/gzip",
  "application/x-gzip",
  "application/zstd",
  "application/x-brotli",
  "application/zip",
  "application/x-zip-compressed",
  "application/x-tar",
  "application/tar",
  "application/x-gtar",
];
/** Generic types: the format comes from the file's name or the content. */
const UNTYPED = new Set([
  "",
  "application/octet-stream",
  "application/x-www-form-urlencoded",
  ...PACKED_TYPES,
]);

/** The content types of the formats. */
export const CONTENT_TYPES: readonly string[] = [...BY_TYPE.keys()];

/** The compressions by the extension that follows that of the format. */
export const PACKING_EXTENSIONS: Readonly<Record<string, Packing>> = {
  gz: "gzip",
  zst: "zstd",
  br: "brotli",
};
const PACKED = new RegExp(`^(.*)\\.(${Object.keys(PACKING_EXTENSIONS).join("|")})$`, "is");

/** The supported file extensions, each optionally followed by one of a compression. */
export const FILE_EXTENSIONS: readonly string[] = [...BY_EXTENSION.keys()];

/** The declared format is unsupported; the message lists the supported ones. */
export class UnsupportedMediaTypeError extends Error {
  override readonly name = "UnsupportedMediaTypeError";
  readonly status = 415;
}

/** The declared format: two headers, and the file's name if any. */
export interface Declared {
  contentType?: string | null;
  contentEncoding?: string | null;
  fileName?: string | null;
}

/** The format information known before reading the input. */
export interface Expected {
  /** Null if it must be detected from the content. */
  format: Format | null;
  /** Whether the format comes from a file's name, which says less than a content type. */
  isByName: boolean;
  charset: string | null;
  packing: Packing | null;
}

/** Parses the declared format. Throws `UnsupportedMediaTypeError` if unsupported. */
export function expected(declared: Declared): Expected {
  const { type, charset } = readContentType(declared.contentType ?? "");
  const named = byName(declared.fileName ?? "");
  const packing = readEncoding(declared.contentEncoding ?? "") ?? named.packing;
  if (UNTYPED.has(type)) return { ...named, charset, packing };
  const format = BY_TYPE.get(type);
  if (format !== undefined) return { format, isByName: false, charset, packing };
  throw new UnsupportedMediaTypeError(
    `Cannot read the articles: content type ${type} is not supported; use one of ${
      [...CONTENT_TYPES, ...PACKED_TYPES].join(", ")
    }`,
  );
}

/** Returns the format and compression by a file's name. */
export function byName(fileName: string): Omit<Expected, "charset"> {
  const [, bare = fileName, packed = ""] = PACKED.exec(fileName) ?? [];
  const [, extension = ""] = /\.([a-z]+5?)$/i.exec(bare) ?? [];
  const packing = PACKING_EXTENSIONS[packed.toLowerCase()] ?? null;
  return { format: BY_EXTENSION.get(extension.toLowerCase()) ?? null, isByName: true, packing };
}

/** Returns the format of a content type or a file extension, or null. */
export function formatNamed(name: string): Format | null {
  return BY_TYPE.get(name.toLowerCase()) ?? BY_EXTENSION.get(name.toLowerCase()) ?? null;
}

function readContentType(header: string): { type: string; charset: string | null } {
  const [type = "", ...parameters] = header.split(";");
  const charset = parameters.join(";").match(/charset\s*=\s*"?([^\s";]+)/i)?.[1] ?? null;
  return { type: type.trim().toLowerCase(), charset };
}

function readEncoding(header: string): Packing | null {
  const encoding = header.trim().toLowerCase();
  if (encoding === "" || encoding === "identity") return null;
  const known = new Map<string, Packing>([
    ["gzip", "gzip"],
    ["x-gzip", "gzip"],
    ["zstd", "zstd"],
    ["br", "brotli"],
  ]).get(encoding);
  if (known !== undefined) return known;
  throw new UnsupportedMediaTypeError(
    `Cannot read the articles: content encoding ${encoding} is not supported; use one of gzip, zstd, br, identity`,
  );
}
