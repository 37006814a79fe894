import { basename } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { FILE_EXTENSIONS, sniff, type Sniffed } from "../lib/intake/sniff.ts";
import { toError } from "../lib/runtime/errors.ts";
import { postStream } from "./post_stream.ts";
import { progressBar } from "./progress_bar.ts";

const HELP = `Streams articles from files to a running server.

Usage: deno task import FILE...

The name of a file says what it is: ${FILE_EXTENSIONS.map((name) => `.${name}`).join(" ")},
each also with .gz after it.

Environment:
  MILLRACE_URL  the server, by default http://127.0.0.1:8000, or there at PORT
  ADMIN_TOKEN   sent as a bearer token, where the server asks for one
`;

/** How the system says that nobody is there. */
const NO_SERVER = ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"];

const figures = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.array(z.object({ line: z.number(), error: z.string() })),
  rejected_total: z.number(),
});

const answer = z.discriminatedUnion("success", [
  z.object({ success: z.literal(true), data: figures }),
  z.object({ success: z.literal(false), message: z.string(), data: figures.optional() }),
]);

type Figures = z.infer<typeof figures>;

interface Source extends Sniffed {
  path: string;
  size: number;
}

if (import.meta.main) Deno.exit(await run(Deno.args));

/**
 * The whole command; resolves to its exit code: 1 when a file failed, or nothing in it could be taken.
 * Stops at the first that fails, and says which it has not sent.
 */
async function run(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" } },
    });
    if (values.help) {
      print(Deno.stdout, HELP);
      return 0;
    }
    if (positionals.length === 0) throw new Error("Cannot import: no file is named; try --help");
    const here = `http://127.0.0.1:${Deno.env.get("PORT") || 8000}`;
    const server = importUrl(Deno.env.get("MILLRACE_URL") || here);
    // All are looked at before the first is sent: a slip in the last name costs nothing.
    const sources = await Array.fromAsync(positionals, inspect);
    let code = 0;
    for (const [n, source] of sources.entries()) {
      try {
        const { accepted, duplicates } = await importFile(server, source);
        if (accepted + duplicates === 0) code = 1;
      } catch (cause) {
        const unsent = sources.slice(n + 1).map(({ path }) => basename(path));
        if (unsent.length === 0) throw cause;
        throw new Error(`${toError(cause).message}\nNot sent: ${unsent.join(", ")}`, { cause });
      }
    }
    return code;
  } catch (error) {
    print(Deno.stderr, `${toError(error).message}\n`);
    return 1;
  }
}

function importUrl(server: string): URL {
  const url = URL.parse("api/articles/import", server.endsWith("/") ? server : `${server}/`);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new Error(`Cannot import: MILLRACE_URL is ${server}, which is no http address`);
}

async function inspect(path: string): Promise<Source> {
  const found = await Deno.stat(path).catch((cause) => {
    const why = cause instanceof Deno.errors.NotFound ? "there is no such file" : cause.message;
    throw new Error(`Cannot import ${path}: ${why}`, { cause });
  });
  if (!found.isFile) throw new Error(`Cannot import ${path}: it is not a file`);
  const sniffed = sniff(path);
  if (sniffed !== null) return { path, size: found.size, ...sniffed };
  throw new Error(
    `Cannot import ${path}: its name ends in none of ${
      FILE_EXTENSIONS.join(", ")
    }, with or without .gz`,
  );
}

async function importFile(server: URL, source: Source): Promise<Figures> {
  const name = basename(source.path);
  const response = await send(server, source);
  const body = answer.safeParse(parsed(response.text)).data;
  // An import that failed half-way has figures too.
  if (body?.data) report(name, body.data);
  if (body?.success) return body.data;
  const why = body?.message ?? "something that is not Millrace's";
  throw new Error(`Cannot import ${name}: the server answered ${response.status}: ${why}`);
}

/** An answer that is no JSON is none of Millrace's. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function report(name: string, { accepted, duplicates, rejected, rejected_total }: Figures): void {
  const counts = `${accepted} accepted, ${duplicates} duplicates, ${rejected_total} rejected`;
  print(Deno.stdout, `${name}: ${counts}\n`);
  for (const { line, error } of rejected) print(Deno.stdout, `  line ${line}: ${error}\n`);
  const unlisted = rejected_total - rejected.length;
  if (unlisted > 0) print(Deno.stdout, `  and ${unlisted} more\n`);
}

/** Sends the file as it is read, and shows how far it is. */
async function send(server: URL, source: Source): Promise<{ status: number; text: string }> {
  const { path, size, contentType, contentEncoding } = source;
  const token = Deno.env.get("ADMIN_TOKEN");
  const headers: Record<string, string> = { "content-type": contentType };
  if (contentEncoding !== null) headers["content-encoding"] = contentEncoding;
  if (token) headers.authorization = `Bearer ${token}`;
  using bar = progressBar(basename(path), size, {
    write: (text) => print(Deno.stdout, text),
    columns: Deno.stdout.isTerminal() ? Deno.consoleSize().columns : null,
    now: Date.now,
  });
  using file = await Deno.open(path);
  let isReadable = true;
  async function* bytes() {
    try {
      for await (const chunk of exactly(size, file.readable)) {
        yield chunk;
        bar.advance(chunk.length);
      }
    } catch (error) {
      isReadable = false;
      throw error;
    }
  }
  try {
    const answer = await postStream(server, { headers, body: bytes(), bytes: size });
    bar.complete();
    return answer;
  } catch (cause) {
    const why = isReadable ? unanswered(server, toError(cause)) : "it cannot be read";
    throw new Error(`Cannot import ${basename(path)}: ${why}`, { cause });
  }
}

/** As many bytes as were announced; a file that grows meanwhile is cut, one that shrinks is a fault. */
async function* exactly(size: number, chunks: AsyncIterable<Uint8Array>) {
  let left = size;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= Math.min(left, chunk.length);
    if (left === 0) return;
  }
  if (left > 0) throw new Error("The file became shorter");
}

function unanswered(server: URL, error: Error): string {
  if (!("code" in error && NO_SERVER.some((code) => code === error.code))) {
    return `the connection to ${server.origin} broke; what was saved until then stays saved`;
  }
  return `no server answers at ${server.origin}; start one with \`deno task start\`, ` +
    "or say where it is with MILLRACE_URL";
}

function print(to: typeof Deno.stdout, text: string): void {
  to.writeSync(new TextEncoder().encode(text));
}
