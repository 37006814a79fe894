import type { ImportFigures } from "../../lib/wire/import_figures.ts";
import type { ImportOptions } from "./options.ts";
import type { Server } from "./server.ts";
import type { Source } from "./find_sources.ts";
import { sleep } from "../../lib/runtime/sleep.ts";

export interface SendParts {
  server: Server;
  options: ImportOptions;
  /** Called with the number of bytes sent; negative at a new attempt, for those sent before. */
  advance(bytes: number): void;
  /** Called with a sentence about retries. */
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
  let before = await server.lastImport(source.name);
  if (options.isContinued && before?.state === "running") {
    // After Ctrl-C, the server still reads what it had received.
    log(`${source.name}: its last import has not ended yet; waiting for that`);
    before = await stoppedImport(parts, source);
  }
  if (options.isContinued && before?.state === "finished") return null;
  let resume = options.isContinued ? before?.id ?? null : null;
  for (;;) {
    const sent = await attempt(parts, source, resume);
    signal.throwIfAborted();
    if (sent.kind === "done") return sent.figures;
    if (sent.kind === "refused") {
      const isWaited = [429, 503].includes(sent.status) && source.name !== "-";
      if (!isWaited) throw refusal(source, sent);
      log(`${source.name}: ${sent.message}`);
      await sleep(5_000, signal);
      signal.throwIfAborted();
    } else {
      const { origin } = server;
      if (!sent.wasReached && resume === null) throw unreached(source, origin);
      const broken = `the connection to ${origin} broke; what was saved until then stays saved`;
      if (source.name === "-" || options.waitSeconds === 0) {
        throw new NotSentError(`Cannot import ${source.name}: ${broken}`, null);
      }
      log(`${source.name}: the connection broke; waiting for the server`);
      if (!(await server.comesBack(options.waitSeconds, signal))) {
        throw new NotSentError(`Cannot import ${source.name}: ${broken}`, null);
      }
    }
    const last = await stoppedImport(parts, source);
    // An earlier import of that name is a different one.
    const isOurs = last?.state === "stopped" && (last.id === resume || last.id !== before?.id);
    if (isOurs) resume = last.id;
  }
}

/** Waits until the server has recorded that the import stopped, which it may detect late. */
async function stoppedImport({ server, options, signal }: SendParts, source: Source) {
  const end = Date.now() + Math.max(70, options.waitSeconds) * 1_000;
  for (;;) {
    const last = await server.lastImport(source.name);
    if (last === null || last.state !== "running" || Date.now() > end) return last;
    await sleep(1_000, signal);
    signal.throwIfAborted();
  }
}

async function attempt(parts: SendParts, source: Source, resume: number | null) {
  const { server, options, advance, signal } = parts;
  const body = await source.open();
  let sent = 0;
  async function* bytes() {
    for await (const chunk of exactly(source.size, body)) {
      signal.throwIfAborted();
      yield chunk;
      sent += chunk.length;
      advance(chunk.length);
    }
  }
  const query = {
    ...options.query,
    name: source.name,
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
  if (result.kind !== "done") advance(-sent);
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
