import { type ReadonlySignal, signal } from "@preact/signals";
import type { Answer, Failure } from "./api.ts";
import { guessFormat } from "./guess_format.ts";
import { type ImportFigures, importFigures } from "./import_figures.ts";
import type { UploadOptions } from "./upload.ts";

/** How far one source of articles is. */
export type ImportProgress =
  | { kind: "waiting" }
  /** `sent` bytes are with the server, which takes no more than it can save; so many a second. */
  | { kind: "sending"; sent: number; rate: number }
  | { kind: "done"; figures: ImportFigures; seconds: number }
  | { kind: "failed"; failure: Failure }
  | { kind: "cancelled" };

/** One source of articles: a file, or pasted text, whose `name` is null. */
export interface ImportJob {
  readonly id: number;
  readonly name: string | null;
  /** In bytes. */
  readonly size: number;
  readonly progress: ReadonlySignal<ImportProgress>;
}

/** Sends sources of articles to the server, one after another. */
export interface ImportQueue {
  /** The newest first. */
  readonly jobs: ReadonlySignal<readonly ImportJob[]>;
  /** Adds files, of any size; their names tell their formats. */
  files(files: Iterable<File>): void;
  /** Adds text, in the format that it looks like. */
  text(text: string): void;
  /** Ends a job that waits or is being sent; what is saved already stays. */
  cancel(job: ImportJob): void;
}

export interface ImportQueueParts {
  upload: (options: UploadOptions<ImportFigures>) => Promise<Answer<ImportFigures>>;
  /** Milliseconds. */
  now: () => number;
}

const TOLD_MS = 200;

export function createImportQueue({ upload, now }: ImportQueueParts): ImportQueue {
  const jobs = signal<readonly ImportJob[]>([]);
  const cancels = new Map<number, () => void>();
  let added = 0;
  let last: Promise<void> = Promise.resolve();

  function add(name: string | null, contentType: string, body: Blob) {
    const progress = signal<ImportProgress>({ kind: "waiting" });
    const job = { id: ++added, name, size: body.size, progress };
    const ending = new AbortController();
    cancels.set(job.id, () => {
      ending.abort();
      progress.value = { kind: "cancelled" };
      cancels.delete(job.id);
    });
    jobs.value = [job, ...jobs.peek()];
    last = last.then(() => ending.signal.aborted ? undefined : send());

    async function send() {
      const began = now();
      let toldAt = began;
      progress.value = { kind: "sending", sent: 0, rate: 0 };
      const query = name === null ? "" : `?name=${encodeURIComponent(name)}`;
      const answer = await upload({
        path: `/api/articles/import${query}`,
        contentType,
        body,
        data: importFigures,
        signal: ending.signal,
        onSent(sent) {
          if (ending.signal.aborted || (now() - toldAt < TOLD_MS && sent < body.size)) return;
          toldAt = now();
          const rate = sent / Math.max(1, toldAt - began) * 1_000;
          progress.value = { kind: "sending", sent, rate };
        },
      });
      if (ending.signal.aborted) return;
      cancels.delete(job.id);
      const seconds = (now() - began) / 1_000;
      progress.value = answer.kind === "done"
        ? { kind: "done", figures: answer.data, seconds }
        : answer;
    }
  }

  return {
    jobs,
    files(files) {
      for (const file of files) add(file.name, "application/octet-stream", file);
    },
    text: (text) => add(null, guessFormat(text), new Blob([text])),
    cancel: (job) => cancels.get(job.id)?.(),
  };
}
