import { toError } from "../lib/runtime/errors.ts";
import { fileFault } from "../lib/runtime/file_fault.ts";
import type { ImportFigures } from "../lib/wire/import_figures.ts";
import { HELP, type ImportOptions, readOptions } from "./import/options.ts";
import {
  figuresLine,
  passedOverLine,
  rejectedLines,
  reportLines,
  sumFigures,
} from "./import/import_report.ts";
import { NotSentError, sendSource } from "./import/send_source.ts";
import { openServer, type Server } from "./import/server.ts";
import { findSources, type Source } from "./import/find_sources.ts";
import { readServerAccess } from "./server_access.ts";
import { progressBar } from "./progress_bar.ts";
import { sleep } from "../lib/runtime/sleep.ts";

const INTERRUPTED = 130;
/** How long to wait after an interrupt until the server has saved what it had received. */
const SAVING_MS = 15_000;

if (import.meta.main) Deno.exit(await run(Deno.args));

/** The whole command; resolves to its exit code (see `HELP`). */
async function run(args: string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === null) {
      print(Deno.stdout, HELP);
      return 0;
    }
    const server = openServer(readServerAccess());
    // All are checked before the first is sent, so that a typo in the last name has no effect.
    const { sources, passedOver } = await findSources(options.sources);
    const code = await importAll(server, options, sources);
    print(Deno.stdout, passedOverLine(passedOver));
    return code;
  } catch (error) {
    print(Deno.stderr, `${messageOf(error)}\n`);
    return 1;
  }
}

function openRejected(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, create: true, truncate: true });
  } catch (cause) {
    throw new Error(`Cannot import: ${path} ${fileFault(toError(cause), "written")}`, { cause });
  }
}

/** Sends the sources one after another, and stops at the first that fails for a reason that is not its own. */
async function importAll(
  server: Server,
  options: ImportOptions,
  sources: readonly Source[],
): Promise<number> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  Deno.addSignalListener("SIGINT", onInterrupt);
  using rejected = options.rejectedFile === null ? null : openRejected(options.rejectedFile);
  const figures: ImportFigures[] = [];
  const lines: string[] = [];

  function settle(name: string, one: ImportFigures) {
    figures.push(one);
    lines.push(...reportLines(name, one));
    rejected?.writeSync(new TextEncoder().encode(rejectedLines(name, one)));
  }

  const failures: string[] = [];
  {
    const size = sources.reduce<number | null>(
      (total, one) => total === null || one.size === null ? null : total + one.size,
      0,
    );
    const [first] = sources;
    const title = sources.length === 1 ? first!.name : `${sources.length} files`;
    using bar = progressBar(title, size, {
      write: (text) => print(Deno.stdout, text),
      columns: Deno.stdout.isTerminal() ? Deno.consoleSize().columns : null,
      now: Date.now,
    });
    const parts = {
      server,
      options,
      progress: bar,
      log: (text: string) => print(Deno.stderr, `${text}\n`),
      signal: interrupt.signal,
    };
    for (const [n, source] of sources.entries()) {
      try {
        const one = await sendSource(parts, source);
        if (one === null) lines.push(`${source.name}: imported before`);
        else settle(source.name, one);
      } catch (error) {
        if (error instanceof NotSentError && error.figures) settle(source.name, error.figures);
        if (error instanceof NotSentError && error.isOfSource) {
          failures.push(messageOf(error, source));
          continue;
        }
        const unsent = sources.slice(n + 1).map(({ name }) => name);
        const left = unsent.length === 0 ? "" : `\nNot sent: ${unsent.join(", ")}`;
        failures.push(
          interrupt.signal.aborted
            ? await whatWasSaved(server, source)
            : `${messageOf(error, source)}${left}`,
        );
        break;
      }
    }
    if (failures.length === 0) bar.complete();
  }
  Deno.removeSignalListener("SIGINT", onInterrupt);
  for (const line of lines) print(Deno.stdout, `${line}\n`);
  if (figures.length > 1) print(Deno.stdout, `Together: ${figuresLine(sumFigures(figures))}\n`);
  for (const failure of failures) print(Deno.stderr, `${failure}\n`);
  return exitCode(figures, failures.length > 0, interrupt.signal.aborted);
}

async function whatWasSaved(server: Server, { recordedName }: Source): Promise<string> {
  const last = await endedImport(server, recordedName);
  const saved = last === null ? "" : ` Until then: ${figuresLine(last.figures)}.`;
  const more = last?.state === "running" ? " The server still saves what it has received." : "";
  return `Interrupted.${saved}${more} Go on with the same command and --continue.`;
}

/** Returns the last import once the server has saved what it had received, or after some seconds. */
async function endedImport(server: Server, name: string) {
  const end = Date.now() + SAVING_MS;
  for (;;) {
    // The server needs a moment to detect the closed connection.
    await sleep(500);
    const last = await server.lastImport(name);
    if (last?.state !== "running" || Date.now() > end) return last;
  }
}

function messageOf(error: unknown, source?: Source): string {
  const { message } = toError(error);
  const what = source === undefined ? "Cannot import" : `Cannot import ${source.name}`;
  return message.startsWith("Cannot import") ? message : `${what}: ${message}`;
}

function exitCode(
  figures: readonly ImportFigures[],
  hasFailed: boolean,
  isInterrupted: boolean,
): number {
  if (isInterrupted) return INTERRUPTED;
  const isNothing = ({ accepted, duplicates, changed }: ImportFigures) =>
    accepted + duplicates + changed === 0;
  if (hasFailed || figures.some(isNothing)) return 1;
  return figures.some(({ rejected_total }) => rejected_total > 0) ? 2 : 0;
}

function print(to: typeof Deno.stdout, text: string): void {
  to.writeSync(new TextEncoder().encode(text));
}
