import { type ImportFigures, importFigures, type ImportRecord } from "../../wire/import_figures.ts";
import type { ApiResult, Failure } from "../requests/api.ts";
import type { UploadOptions } from "./upload.ts";

/** How sources of articles are sent. */
export interface SendParts {
  upload: (options: UploadOptions<ImportFigures>) => Promise<ApiResult<ImportFigures>>;
  /** Returns the newest import of a file's name. */
  lastImport: (name: string) => Promise<ApiResult<ImportRecord | null>>;
  /** Resolves when the server may be asked again, or when the signal aborts. */
  pause: (signal: AbortSignal) => Promise<void>;
}

/** A source of articles: a file, or a text with `name` null. */
export interface ImportSource {
  name: string | null;
  contentType: string;
  body: Blob;
  /** Its charset; detected if empty. */
  charset: string;
  /** The number of a stopped import to resume, or null. */
  resume: number | null;
}

export interface SendWatch {
  signal: AbortSignal;
  onSent: (bytes: number) => void;
  /** Called when the server is away or full; the source is sent on once it is back. */
  onInterrupted: (failure: Failure) => void;
}

type Next = ApiResult<ImportFigures> | { kind: "send"; resume: number | null };

/**
 * Sends a source completely. When the server is away, waits for it and resumes after the stored records; a text of
 * which a part was sent fails instead, since it has no name by which the server knows its import.
 */
export async function sendImport(
  parts: SendParts,
  source: ImportSource,
  watch: SendWatch,
): Promise<ApiResult<ImportFigures>> {
  const { name } = source;
  const { signal } = watch;
  let before: number | null = null;
  let next: Next = { kind: "send", resume: source.resume };
  while (next.kind === "send") {
    const resume: number | null = next.resume;
    let sent = 0;
    const known: ApiResult<ImportRecord | null> | null = name === null || before !== null
      ? null
      : await parts.lastImport(name);
    if (known?.kind === "done") before = known.data?.id ?? 0;
    // What is unreachable for a question is not sent a file.
    const result: ApiResult<ImportFigures> = known?.kind === "failed" && isPassing(known.failure)
      ? known
      : await upload(parts, { ...source, resume }, {
        ...watch,
        onSent(bytes) {
          sent = bytes;
          watch.onSent(bytes);
        },
      });
    const isOver = result.kind === "done" || !isPassing(result.failure) ||
      (name === null && sent > 0);
    if (isOver || signal.aborted) return result;
    watch.onInterrupted(result.failure);
    next = await nextStep(parts, { name, before: before ?? 0, resume }, signal) ?? result;
  }
  return next;
}

/** Waits until the server is back, and returns how to go on; null if the signal aborts. */
async function nextStep(
  { pause, lastImport }: SendParts,
  { name, before, resume }: { name: string | null; before: number; resume: number | null },
  signal: AbortSignal,
): Promise<Next | null> {
  for (;;) {
    await pause(signal);
    if (signal.aborted) return null;
    const last = await lastImport(name ?? "");
    if (last.kind === "failed") {
      if (isPassing(last.failure)) continue;
      return last;
    }
    const record = last.data;
    const isOurs = name !== null && record !== null &&
      (record.id === resume || record.id > before);
    if (!isOurs) return { kind: "send", resume };
    switch (record.state) {
      // The server detects a lost connection late.
      case "running":
        continue;
      case "finished":
        return { kind: "done", data: record.figures };
      case "stopped":
        if (record.resumable !== false) return { kind: "send", resume: record.id };
        return {
          kind: "failed",
          failure: { kind: "refused", status: 400, message: record.reason ?? "" },
        };
    }
  }
}

function upload(
  parts: SendParts,
  { name, contentType, body, charset, resume }: ImportSource,
  { signal, onSent }: Pick<SendWatch, "signal" | "onSent">,
): Promise<ApiResult<ImportFigures>> {
  const query = new URLSearchParams();
  if (name !== null) query.set("name", name);
  if (charset !== "") query.set("charset", charset);
  if (resume !== null) query.set("resume", String(resume));
  const path = `/api/articles/import?${query}`;
  return parts.upload({ path, contentType, body, data: importFigures, signal, onSent });
}

/** Whether the same content can succeed later, without anyone's help. */
function isPassing(failure: Failure): boolean {
  return failure.kind === "refused"
    ? failure.status === 429 || failure.status === 503
    : failure.kind !== "signed out";
}
