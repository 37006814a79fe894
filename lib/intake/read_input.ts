import { toUtf8 } from "./bytes/to_utf8.ts";
import { unpacked } from "./bytes/unpack.ts";
import { BROTLI_HEAD, isBrotli, isText } from "./bytes/brotli_evidence.ts";
import {
  mayBeMail,
  whyBinary,
  whyForeign,
  whyForeignZip,
  whyUnrecognized,
} from "./bytes/foreign_format.ts";
import { createDecompressionLimit, type DecompressionLimit } from "./bytes/decompression_limit.ts";
import { isTar, untarred } from "./bytes/untar.ts";
import { type ArchivedFile, BrokenFileError, isZip, unzipped } from "./bytes/unzip.ts";
import {
  byName,
  CONTENT_TYPES,
  type Expected,
  type Format,
  UnsupportedMediaTypeError,
} from "./format_name.ts";
import { PARSERS } from "./formats.ts";
import { countLines, isCorrupt, isDamage, type Place, withDamage } from "./damage.ts";
import type { Parsed } from "./parsed.ts";
import { peekStream } from "./peek_stream.ts";
import type { RecordOptions } from "./read_record.ts";
import { sniff, SNIFFED } from "./sniff.ts";
import { createYielder, yieldBetweenSlices, type Yielder } from "./yield_to_event_loop.ts";

/** The maximum nesting of archives; deeper nesting is an attack. */
const MOST_ARCHIVES = 3;
/** Why a file has no article. */
const NO_ARTICLE = "there is no article in it";
const NO_FORMAT = "it is in no format that is read";
/** Files that operating systems add to archives. */
const SYSTEM_FILE = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/** The number of records between two readings of the clock, each of which costs as much as a part of a record. */
const RECORDS_PER_CHECK = 8;

/** Options for reading an input. */
export interface InputOptions extends RecordOptions {
  /** The charset, if chosen explicitly. */
  charset?: string | null;
  /** The default group. */
  group?: string | null;
  /** Records that start on an earlier line are skipped. */
  fromLine?: number;
  /** The number of records from that line on that an earlier import read; they are skipped. */
  skipRecords?: number;
  /** Aborts when the result is no longer needed. */
  signal?: AbortSignal;
}

/**
 * Yields the articles of an input, some at a time, in bounded memory: decompresses it, reads every file of a zip or tar, decodes the
 * charset and detects the format. An input without records yields one rejection, and so does the damage in
 * compressed data. Throws `UnsupportedMediaTypeError` for an unsupported format, a `TypeError` if nothing of the
 * input can be unpacked.
 */
export async function* readInput(
  body: AsyncIterable<Uint8Array>,
  what: Expected,
  options: InputOptions = {},
): AsyncGenerator<readonly Parsed[]> {
  const { group = null, fromLine = 1, skipRecords = 0 } = options;
  const notes: string[] = [];
  let isEmpty = true;
  let records = 0;
  /** The number of the last record in a file of JSON, of which a line may have any number; else null. */
  let record: number | null = null;
  let read = 0;
  const yielder = createYielder(options.signal);
  const place = { line: 1 };
  const input = await openInput(body, what, {
    ...options,
    yielder,
    place,
    say: (note) => notes.push(note),
    opened: (format) => record = format === "json" ? 0 : null,
  });
  for await (const some of withDamage(input, place, () => record = null)) {
    options.signal?.throwIfAborted();
    let batch: Parsed[] = [];
    for (const parsed of some) {
      // A slice may hold a thousand records, each of which takes some time.
      if (++read % RECORDS_PER_CHECK === 0 && yielder.isDue()) {
        if (batch.length > 0) yield batch;
        batch = [];
        await yielder.yieldIfDue();
      }
      if (notes.length > 0) batch.push(...takeNotes(notes));
      if (parsed.kind !== "note") {
        isEmpty = false;
        if (record !== null) parsed.record = ++record;
        if (parsed.line < fromLine || ++records <= skipRecords) continue;
      }
      batch.push(group !== null && parsed.kind === "article" ? inGroup(parsed, group) : parsed);
    }
    if (batch.length > 0) yield batch;
  }
  if (notes.length > 0) yield takeNotes(notes);
  if (isEmpty) yield [{ kind: "rejected", line: 1, error: NO_ARTICLE }];
}

/** Options, callbacks for notes on the whole input and for each file, its decompression limit, and its yielder. */
type OpenOptions = InputOptions & {
  say(note: string): void;
  /** Called with the format of each file, before its records. */
  opened(format: Format | null): void;
  limit: DecompressionLimit;
  yielder: Yielder;
  place: Place;
};

/** Returns the records of an input, or of all files of an archive. */
async function openInput(
  bytes: AsyncIterable<Uint8Array>,
  what: Expected,
  given: Omit<OpenOptions, "limit">,
): Promise<AsyncIterable<Iterable<Parsed>>> {
  const options = { ...given, limit: createDecompressionLimit() };
  const packed = options.limit.counted(bytes);
  return await openFile(unpacked(packed, what.packing, options), what, options, 0);
}

async function* readArchive(
  files: AsyncIterable<ArchivedFile>,
  what: Expected,
  options: OpenOptions,
  depth: number,
): AsyncGenerator<Iterable<Parsed>> {
  for await (const { name, body } of files) {
    const foreign = whyForeignZip(name);
    if (foreign !== null) throw new UnsupportedMediaTypeError(foreign);
    if (SYSTEM_FILE.test(name)) continue;
    const named = byName(name);
    const say = (note: string) => options.say(`${name}: ${note}`);
    const own = { ...options, say };
    options.opened(null);
    const seen: SeenInFile = { last: null };
    try {
      const file = unpacked(body, named.packing, own);
      const parsed = await openFile(file, { ...what, ...named }, own, depth + 1);
      for await (const some of parsed) yield inFile(name, some, seen);
      if (seen.last === null) yield [within(name, { kind: "skipped", line: 1, error: NO_ARTICLE })];
    } catch (error) {
      if (error instanceof BrokenFileError || isCorrupt(error)) {
        if (isDamage(seen.last)) continue;
        options.opened(null);
        const { line } = options.place;
        yield [within(name, { kind: "rejected", line, error: error.message })];
      } else if (error instanceof UnsupportedMediaTypeError) {
        yield [within(name, { kind: "skipped", line: 1, error: NO_FORMAT })];
      } else throw error;
    } finally {
      options.place.line = 1;
    }
  }
}

interface SeenInFile {
  /** The last record, if any. */
  last: Parsed | null;
}

function* inFile(name: string, some: Iterable<Parsed>, seen: SeenInFile): Generator<Parsed> {
  for (const one of some) {
    if (one.kind !== "note") seen.last = one;
    yield within(name, one);
  }
}

/**
 * Returns the records of a single file, or of all files of an archive, which is in `depth` others. Brotli has no magic
 * number and is detected by its output.
 */
async function openFile(
  bytes: AsyncIterable<Uint8Array>,
  what: Expected,
  options: OpenOptions,
  depth: number,
): Promise<AsyncIterable<Iterable<Parsed>>> {
  const isEnough = (head: Uint8Array) =>
    !mayBeMail(head) && (head.length >= BROTLI_HEAD || isTelling(head));
  const { head, body } = await peekStream(bytes, SNIFFED, isEnough);
  if (depth < MOST_ARCHIVES) {
    if (isZip(head)) {
      return readArchive(unzipped(body, options.limit, options.yielder), what, options, depth);
    }
    if (isTar(head)) return readArchive(untarred(body, options.yielder), what, options, depth);
  }
  const foreign = whyForeign(head);
  if (foreign !== null) throw new UnsupportedMediaTypeError(foreign);
  return await openText(
    isBrotli(head) ? unpacked(body, "brotli", options) : body,
    what,
    options,
  );
}

async function openText(
  bytes: AsyncIterable<Uint8Array>,
  what: Expected,
  options: OpenOptions,
): Promise<AsyncIterable<Iterable<Parsed>>> {
  const hints = { chosen: options.charset ?? null, declared: what.charset };
  const text = toUtf8(bytes, hints, options.say);
  const { head, body } = await peekStream(text, SNIFFED, isTelling);
  if (head.length === 0) return nothing(body);
  const start = new TextDecoder().decode(head);
  const binary = whyBinary(start);
  if (binary !== null) throw new UnsupportedMediaTypeError(binary);
  const format = sniff(start, what, options.map?.get("content"));
  options.opened(format);
  if (format !== null) {
    const counted = countLines(body, options.place);
    return PARSERS[format](yieldBetweenSlices(counted, options.yielder), options);
  }
  throw new UnsupportedMediaTypeError(
    whyUnrecognized(start) ??
      `Cannot read the articles: their format is not recognized; name the file by it, such as a.txt, a.md, a.html, a.csv or a.json, or declare it by a content type: ${
        CONTENT_TYPES.join(", ")
      }`,
  );
}

/** Reads an empty input, which may fail. */
async function* nothing(body: AsyncIterable<Uint8Array>): AsyncGenerator<Iterable<Parsed>> {
  for await (const _ of body);
  yield [];
}

function takeNotes(notes: string[]): Parsed[] {
  return notes.splice(0).map((note) => ({ kind: "note", line: 1, note }));
}

function inGroup(parsed: Parsed & { kind: "article" }, group: string): Parsed {
  const { article } = parsed;
  const isDefault = article.group === null && article.groupId === 1;
  return isDefault ? { ...parsed, article: { ...article, group, groupId: null } } : parsed;
}

/**
 * Whether the head suffices: markup is recognized by its first element, a stream of events by its first data, other text
 * by its first line.
 */
function isTelling(head: Uint8Array): boolean {
  const start = head.findIndex((byte) => byte > 0x20);
  if (start === -1 || !isText(head)) return false;
  const first = new TextDecoder().decode(head.subarray(start, start + 6));
  return /^(?:<|:|event:|id:|retry:)/.test(first) ? head.length >= 512 : head.includes(0x0A, start);
}

function within(name: string, parsed: Parsed): Parsed {
  const file = parsed.file === undefined ? name : `${name}/${parsed.file}`;
  if (parsed.kind === "note") return { ...parsed, file, note: `${name}: ${parsed.note}` };
  if (parsed.kind !== "article") return { ...parsed, file, error: `${name}: ${parsed.error}` };
  if (parsed.notes === undefined) return { ...parsed, file };
  return { ...parsed, file, notes: parsed.notes.map((note) => `${name}: ${note}`) };
}
