import type { ImportFigures, ImportRecord } from "../../lib/wire/import_figures.ts";
import type { ImportOptions } from "./options.ts";
import type { Server } from "./server.ts";
import type { Source } from "./find_sources.ts";
import type { ProgressBar } from "../progress_bar.ts";
import { sleep } from "../../lib/runtime/sleep.ts";

export interface SendParts {
  server: Server;
  options: ImportOptions;
  progress: Pick<ProgressBar, "begin" | "advance" | "settle">;
  /** Called with a sentence about retries and waiting. */
  log(text: string): void;
  signal: AbortSignal;
}

/** The statuses of content that cannot be read. */
const OF_SOURCE = [400, 413, 415, 422];

/** An import that failed before the end of its source; `figures` are the stored counts. */
export class NotSentError extends Error {
  override readonly name = "NotSentError";

  /** `isOfSource`: the source is the reason, so that others may be sent. */
  constructor(
    message: string,
    readonly figures: ImportFigures | null,
    readonly isOfSource: boolean = false,
  ) {
    super(message);
  }
}

/**
 * Sends a source completely: waits for an unreachable server, retries when it is full, and resumes after the
 * stored records. Returns null if it was imported before and is to be continued. Throws `NotSentError`.
 */
export async function sendSource(parts: SendParts, source: Source): Promise<ImportFigures | null> {
  const { server, options, log, signal } = parts;
  const before = options.isContinued
    ? await endedImport(parts, source, () => true)
    : await server.lastImport(source.recordedName);
  if (options.isContinued && before?.state === "finished") return null;
  let resume = options.isContinued ? before?.id ?? null : null;
  for (;;) {
    const sent = await attempt(parts, source, resume);
    signal.throwIfAborted();
    if (sent.kind === "done") return sent.figures;
    if (sent.kind === "refused") {
      const isWaited = [429, 503].includes(sent.status) && source.isRepeatable;
      if (!isWaited) throw refusal(source, sent);
      log(`${source.name}: ${sent.message}`);
      await sleep(5_000, signal);
      signal.throwIfAborted();
    } else {
      const { origin } = server;
      if (!sent.wasReached && resume === null) throw unreached(source, origin);
      const broken = `the connection to ${origin} broke; what was saved until then stays saved`;
      if (!source.isRepeatable || options.waitSeconds === 0) {
        throw new NotSentError(`Cannot import ${source.name}: ${broken}`, null);
      }
      log(`${source.name}: the connection broke; waiting for the server`);
      if (!(await server.comesBack(options.waitSeconds, signal))) {
        throw new NotSentError(`Cannot import ${source.name}: ${broken}`, null);
      }
    }
    // An earlier import of that name is a different one.
    const isOurs = ({ id }: ImportRecord) => id === resume || id !== before?.id;
    const last = await endedImport(parts, source, isOurs);
    if (last === null || !isOurs(last)) continue;
    // The connection broke before the response.
    if (last.state === "finished") return last.figures;
    if (last.state === "stopped") resume = last.id;
  }
}

/**
 * Returns the last import of the source's name, once it has ended if it is one that `isAwaited`: after Ctrl-C the server
 * still reads what it had received, and it may detect late that a connection broke or a node died.
 */
async function endedImport(
  { server, options, log, signal }: SendParts,
  source: Source,
  isAwaited: (last: ImportRecord) => boolean,
): Promise<ImportRecord | null> {
  const end = Date.now() + Math.max(70, options.waitSeconds) * 1_000;
  for (let isFirst = true;; isFirst = false) {
    const last = await server.lastImport(source.recordedName);
    const isOver = last === null || last.state !== "running" || !isAwaited(last);
    if (isOver || Date.now() > end) return last;
    if (isFirst) {
      log(`${source.name}: its last import has not ended yet; waiting until the server ends it`);
    }
    await sleep(1_000, signal);
    signal.throwIfAborted();
  }
}

async function attempt(parts: SendParts, source: Source, resume: number | null) {
  const { server, options, progress, signal } = parts;
  const body = await source.open();
  progress.begin();
  async function* bytes() {
    for await (const chunk of exactly(source.size, body)) {
      signal.throwIfAborted();
      yield chunk;
      progress.advance(chunk.length);
    }
  }
  const query = {
    ...options.query,
    name: source.recordedName,
    ...(source.address === null ? {} : { url: source.address }),
    ...(resume === null ? {} : { resume: String(resume) }),
  };
  const contentType = options.contentType ?? source.contentType ?? "application/octet-stream";
  const result = await server.send(query, {
    headers: { "content-type": contentType },
    body: bytes(),
    bytes: source.size,
    signal,
  });
  if (result.kind === "done") progress.settle();
  return result;
}

/** Yields exactly the announced number of bytes; truncates a growing file, throws for a shrinking one. */
async function* exactly(size: number | null, chunks: AsyncIterable<Uint8Array>) {
  let left = size ?? Infinity;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= Math.min(left, chunk.length);
    if (left === 0) return;
  }
  if (size !== null && left > 0) throw new Error("The file became shorter");
}

function refusal(
  { name }: Source,
  { status, message, figures }: { status: number; message: string; figures: ImportFigures | null },
): NotSentError {
  const text = `Cannot import ${name}: the server responded with ${status}: ${message}`;
  return new NotSentError(text, figures, OF_SOURCE.includes(status));
}

function unreached({ name }: Source, origin: string): NotSentError {
  return new NotSentError(
    `Cannot import ${name}: no server responds at ${origin}; start one with ` +
      "`deno task start`, or say where it is with MILLRACE_URL",
    null,
  );
}
