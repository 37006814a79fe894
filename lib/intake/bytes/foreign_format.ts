// The marks of binary formats contain control characters.
// deno-lint-ignore-file no-control-regex
import { Buffer } from "node:buffer";
import { countControls } from "./control_characters.ts";

/** The start of data in common formats that are not supported, as a text of bytes. */
const STARTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*%PDF-/, "a PDF"],
  [/^\s*\{\\rtf/, "a document in RTF"],
  [/^\xD0\xCF\x11\xE0/, "an older Office document"],
  [
    /^(?:\xFF\xD8\xFF|\x89PNG|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|\0.{3}ftyp(?:avi[fs]|hei[cfsx]|mif1))/s,
    "an image",
  ],
  [
    /^(?:\xEF\xBB\xBF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/,
    "an image",
  ],
  [
    /^(?:RIFF.{4}(?:WAVE|AVI )|OggS\0|ID3[\x02-\x04]|fLaC\0|\x1A\x45\xDF\xA3|\0.{3}ftyp)/s,
    "a recording",
  ],
  [/^(?:WARC\/[01]\.|filedesc:\/\/)/, "a web archive in WARC or ARC"],
  [/^SQLite format 3/, "a database"],
  [/^(?:PAR1\x15|Obj\x01|ARROW1\0|\x89HDF)/, "a binary table"],
  [/^.{60}(?:BOOKMOBI|TEXtREAd)/s, "an e-book"],
  [
    /^(?:From \S+.*\n)?(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?MIME-Version: *1\./i,
    "an e-mail, or a page in MHTML",
  ],
];
const ARCHIVES: readonly (readonly [RegExp, string])[] = [
  [/^(?:Rar!\x1A|7z\xBC\xAF|MSCF\0)/, "an archive that is not zip or tar"],
  [/^BZh[1-9]1AY/, "compressed with bzip2"],
  [/^\xFD7zXZ/, "compressed with xz"],
  [/^(?:\x04\x22\x4D\x18|\x1F\x9D|LZIP\x01)/, "compressed with an unsupported program"],
];
/** What the files of some zips are, by the name of one of them. */
const ZIPS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:\[Content_Types\]\.xml|_rels\/\.rels|(?:word|xl|ppt)\/.*\.(?:xml|rels))$/,
    "an Office document",
  ],
  [/^META-INF\/container\.xml$/, "an e-book"],
  [/^META-INF\/manifest\.xml$/, "an OpenDocument file"],
  [/^mimetype$/, "an e-book, or an OpenDocument file"],
  [/^Index\/\w+\.iwa$/, "an iWork document"],
];
/** In bytes. */
const LOOKED_AT = 4 * 1024;
const LEAST_CONTROLS = 4;
/** The share of control characters above which data are no text. */
const MOST_CONTROLS = 0.02;

/** Returns why data in a well-known binary format are not read, by their start; null for others. */
export function whyForeign(head: Uint8Array): string | null {
  const bytes = Buffer.from(head.subarray(0, LOOKED_AT)).toString("latin1");
  const archive = ARCHIVES.find(([start]) => start.test(bytes))?.[1];
  if (archive !== undefined) return notUnpacked(archive);
  const document = STARTS.find(([start]) => start.test(bytes))?.[1];
  return document === undefined ? null : notRead(document);
}

/** Two lines of an e-mail's header at its start; without a version of MIME, a text may have them, too. */
const MAIL =
  /^(?:From \S.*\n)?(?:(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|Reply-To|Content-Type|X-[\w-]+):.*\r?\n(?:[ \t].*\r?\n)*){2}/i;

/** Returns why a text in no recognized format is not read, by its start; null for others. */
export function whyUnrecognized(text: string): string | null {
  return MAIL.test(text.slice(0, LOOKED_AT)) ? notRead("an e-mail, or a page in MHTML") : null;
}

/** Whether the rest of the head may show that this is an e-mail: it has no blank line yet. */
export function mayBeMail(head: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(head);
  return /^(?:From |[\w-]+:)/.test(text) && !/\n\r?\n/.test(text);
}

/** Returns why a zip with a file of this name is not read; null for others. */
export function whyForeignZip(fileName: string): string | null {
  const what = ZIPS.find(([name]) => name.test(fileName))?.[1];
  return what === undefined ? null : notRead(what);
}

/** Returns why decoded data are no text, by their start; null for a text. */
export function whyBinary(text: string): string | null {
  const controls = countControls(text);
  const isBinary = controls >= LEAST_CONTROLS && controls > MOST_CONTROLS * text.length;
  return isBinary ? notRead("binary data") : null;
}

function notRead(what: string): string {
  return `Cannot read the articles: this is ${what}; save it as text, HTML or CSV first`;
}

function notUnpacked(what: string): string {
  return `Cannot read the articles: this is ${what}; unpack it, or pack it as zip or gzip`;
}
