import {
  ARTICLE_FIELDS,
  type ArticleFields,
  type ContentKind,
  fieldsFrom,
  type Json,
} from "../article/article_fields.ts";
import { type FieldMap, type RecordField, USUAL_NAMES, usualName } from "./field_map.ts";
import type { DocumentReader } from "../processor/document_reader.ts";
import { incomingArticle, MAX_FIELDS, type Reading, TOO_MANY_FIELDS } from "./incoming_article.ts";
import {
  editorTextOf,
  FIELD_READERS,
  isRecord,
  nameOf,
  textOf,
  unwrapped,
  wholeNumber,
} from "./record_values.ts";
import { withoutWrapper } from "./record_wrapper.ts";

const NO_MAP: FieldMap = new Map();

/** Content types implied by names. */
const KIND_OF_NAME: ReadonlyMap<string, ContentKind> = new Map([
  ["content_html", "html"],
  ...["html", "article_html", "body_html", "html_body"].map((name) => [name, "html"] as const),
  ["content:encoded", "html"],
  ["content_text", "text"],
]);

export interface RecordOptions {
  /** Names with precedence over the usual ones. */
  map?: FieldMap | undefined;
  /** The base of relative URLs. */
  base?: string | null | undefined;
  /** Reads whole documents, by default on the event loop without a time limit. */
  documents?: DocumentReader | undefined;
}

/**
 * Reads an article from a record of JSON or CSV: by the mapping, else by the usual names, case-insensitively.
 * The content is required; numbers count as text, null as missing; unused values are kept in `extra`. Errors
 * are returned as messages that name the field.
 */
export function readRecord(value: unknown, { map = NO_MAP, base }: RecordOptions = {}): Reading {
  if (!isRecord(value)) return { kind: "rejected", error: "the article is not a JSON object" };
  if (countFields(value) > MAX_FIELDS) {
    return { kind: "rejected", error: TOO_MANY_FIELDS };
  }
  const record = createPicker(map.has("content") ? value : withoutWrapper(value), map);
  const content = record.pick("content", textOf) ?? record.pick("content", editorTextOf);
  if (content === undefined) {
    return { kind: "rejected", error: record.fault("content", "content is missing") };
  }
  const title = record.pick("title", textOf)?.value;
  if (title === undefined && record.has("title")) {
    return { kind: "rejected", error: "title must be text" };
  }
  const group = record.pick("group", textOf)?.value.trim() || null;
  const groupId = record.pick(
    "group_id",
    (given) => given === null ? undefined : wholeNumber(given),
  );
  const source = record.pick("source", nameOf)?.value;
  const fields = fieldsFrom((name) => {
    const read = FIELD_READERS[ARTICLE_FIELDS[name].type];
    return name === "extra" ? null : record.pick(name, (given) => read(given, base))?.value;
  });
  return incomingArticle({
    ...fields,
    title: title ?? "",
    content: content.value,
    sources: [source, fields.url],
    group,
    groupId: groupId?.value ?? null,
    contentKind: fields.contentKind ?? content.kind ?? KIND_OF_NAME.get(content.name) ?? null,
    extra: record.rest(),
  });
}

/** Returns the number of fields, including those below `extra`. */
function countFields(record: Record<string, Json>): number {
  const { extra } = record;
  return Object.keys(record).length + (isRecord(extra) ? Object.keys(extra).length : 0);
}

type Found<T> = { name: string; value: T; kind: ContentKind | null };

interface Candidate {
  name: string;
  /** Null if the name is a path into the record. */
  key: string | null;
  value: Json;
  /** Its precedence among the usual names; the lowest wins. */
  rank: number;
}

/** The part of an article for each usual name. */
const PARTS: ReadonlyMap<string, { field: RecordField; rank: number }> = new Map(
  (Object.keys(USUAL_NAMES) as RecordField[]).flatMap((field) =>
    USUAL_NAMES[field].map((name, rank) => [name, { field, rank }] as const)
  ),
);

/** Extracts parts from a record. */
function createPicker(record: Record<string, Json>, map: FieldMap) {
  const found = new Map<RecordField, Candidate[]>();
  const used: string[] = [];
  for (const key of Object.keys(record)) {
    const name = usualName(key);
    const part = PARTS.get(name);
    if (part === undefined) continue;
    const candidate = { name, key, value: record[key]!, rank: part.rank };
    const others = found.get(part.field);
    if (others === undefined) found.set(part.field, [candidate]);
    else others.push(candidate);
  }
  for (const some of found.values()) if (some.length > 1) some.sort((a, b) => a.rank - b.rank);
  for (const [field, name] of map) {
    const key = Object.keys(record).find((each) => usualName(each) === usualName(name)) ?? null;
    const value = key === null ? atPath(record, name) : record[key]!;
    if (value === undefined) continue;
    found.set(field, [{ name, key, value, rank: -1 }, ...found.get(field) ?? []]);
  }

  const isUnused = ({ key, rank }: Candidate) => rank === -1 || key === null || !used.includes(key);

  function take<T>({ name, key }: Candidate, value: T, kind: ContentKind | null = null): Found<T> {
    if (key !== null) used.push(key);
    return { name, value, kind };
  }

  return {
    pick<T>(field: RecordField, read: (value: Json) => T | undefined): Found<T> | undefined {
      const candidates = found.get(field)?.filter(isUnused);
      if (candidates === undefined) return undefined;
      for (const candidate of candidates) {
        const { inner, kind } = unwrapped(candidate.value);
        const value = read(inner);
        if (value !== undefined && !isBlank(value)) return take(candidate, value, kind);
      }
      // An empty text counts if there is nothing better.
      const empty = candidates.find(({ value }) => isBlank(value));
      if (empty === undefined) return undefined;
      const { value } = take(empty, read(empty.value));
      return value === undefined ? undefined : { name: empty.name, value, kind: null };
    },
    has: (field: RecordField) =>
      found.get(field)?.some((each) => isUnused(each) && each.value !== null) ?? false,
    fault(field: RecordField, missing: string) {
      return this.has(field) ? `${field} must be text` : missing;
    },
    rest(): ArticleFields["extra"] {
      const own = isRecord(record.extra) ? record.extra : null;
      const names = Object.keys(record).filter((name) =>
        !used.includes(name) && record[name] !== null && record[name] !== "" &&
        (name !== "extra" || own === null)
      );
      if (names.length === 0 && own === null) return null;
      const given = names.map((name) => [name, record[name]!] as const);
      const extra = Object.fromEntries([...given, ...Object.entries(own ?? {})]);
      return Object.keys(extra).length > 0 ? extra : null;
    },
  };
}

function isBlank(value: unknown): boolean {
  return typeof value === "string" && (value === "" || !/\S/.test(value));
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function atPath(record: Record<string, Json>, path: string): Json | undefined {
  let value: Json | undefined = record;
  for (const name of path.split(".")) value = memberOf(value, name);
  return value;
}
