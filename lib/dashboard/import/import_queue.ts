import { type ReadonlySignal, signal } from "@preact/signals";
import type { Failure } from "../requests/api.ts";
import { guessFormat } from "./guess_format.ts";
import type { ImportFigures } from "../../wire/import_figures.ts";
import { sendImport, type SendParts } from "./send_import.ts";

/** The progress of one source of articles. */
export type ImportProgress =
  | { kind: "waiting" }
  /** `sent` bytes were received by the server, which applies backpressure; `rate` in bytes per second. */
  | { kind: "sending"; sent: number; rate: number }
  /** The server is away or full; the source is sent on by itself once it is back. */
  | { kind: "interrupted"; failure: Failure }
  | { kind: "done"; figures: ImportFigures; seconds: number }
  | { kind: "failed"; failure: Failure }
  | { kind: "cancelled" };

/** One source of articles: a file, or pasted text with `name` null. */
export interface ImportJob {
  readonly id: number;
  readonly name: string | null;
  /** In bytes. */
  readonly size: number;
  readonly progress: ReadonlySignal<ImportProgress>;
}

/** Options for sending files. */
export interface FileOptions {
  /** Their charset; detected if empty. */
  charset?: string;
  /** The number of a stopped import to resume. */
  resume?: number | null;
}

/** Sends sources of articles to the server sequentially; while that is away, the first of them waits for it. */
export interface ImportQueue {
  /** Newest first. */
  readonly jobs: ReadonlySignal<readonly ImportJob[]>;
  /** Adds files of any size; their names determine their formats. */
  files(files: Iterable<File>, options?: FileOptions): void;
  /** Whether any job is queued, being sent, or waits for the server. */
  isBusy(): boolean;
  /** Adds text; its format is guessed. */
  text(text: string): void;
  /** Cancels a queued or running job; stored articles are kept. */
  cancel(job: ImportJob): void;
  /** Queues a failed job again, with the same content. */
  retry(job: ImportJob): void;
}

export interface ImportQueueParts extends SendParts {
  /** Milliseconds. */
  now: () => number;
}

const REPORT_MS = 200;

export function createImportQueue({ now, ...parts }: ImportQueueParts): ImportQueue {
  const jobs = signal<readonly ImportJob[]>([]);
  const cancels = new Map<number, () => void>();
  const retries = new Map<number, () => void>();
  let added = 0;
  let last: Promise<void> = Promise.resolve();

  function add(
    name: string | null,
    contentType: string,
    body: Blob,
    { charset = "", resume = null }: FileOptions = {},
  ) {
    const progress = signal<ImportProgress>({ kind: "waiting" });
    const job = { id: ++added, name, size: body.size, progress };
    jobs.value = [job, ...jobs.peek()];
    enqueue();

    function enqueue() {
      const ending = new AbortController();
      progress.value = { kind: "waiting" };
      retries.delete(job.id);
      cancels.set(job.id, () => {
        ending.abort();
        progress.value = { kind: "cancelled" };
        cancels.delete(job.id);
      });
      last = last.then(() => ending.signal.aborted ? undefined : send(ending.signal));
    }

    async function send(signal: AbortSignal) {
      const began = now();
      let reportedAt = began;
      progress.value = { kind: "sending", sent: 0, rate: 0 };
      const source = { name, contentType, body, charset, resume };
      const result = await sendImport(parts, source, {
        signal,
        onSent(sent) {
          if (signal.aborted || (now() - reportedAt < REPORT_MS && sent < body.size)) return;
          reportedAt = now();
          const rate = sent / Math.max(1, reportedAt - began) * 1_000;
          progress.value = { kind: "sending", sent, rate };
        },
        onInterrupted(failure) {
          if (!signal.aborted) progress.value = { kind: "interrupted", failure };
        },
      });
      if (signal.aborted) return;
      cancels.delete(job.id);
      if (result.kind === "failed") retries.set(job.id, enqueue);
      const seconds = (now() - began) / 1_000;
      progress.value = result.kind === "done"
        ? { kind: "done", figures: result.data, seconds }
        : result;
    }
  }

  return {
    jobs,
    files(files, options) {
      for (const file of files) add(file.name, "application/octet-stream", file, options);
    },
    isBusy: () => cancels.size > 0,
    text: (text) => add(null, guessFormat(text), new Blob([text])),
    cancel: (job) => cancels.get(job.id)?.(),
    retry: (job) => retries.get(job.id)?.(),
  };
}
