import assert from "node:assert/strict";
import { type ImportRecord, noFigures } from "../../lib/wire/import_figures.ts";
import { eventually } from "./eventually.ts";

export const ROOT = new URL("../../", import.meta.url);

export interface Received {
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: Uint8Array;
}

/**
 * A fake server that accepts every upload and replies with `respond()`; `before` returns the earlier imports
 * of a name.
 */
export function serve(
  respond: () => Response,
  before: (name: string) => ImportRecord[] = () => [],
  port = 0,
) {
  const received: Received[] = [];
  const server = Deno.serve({ port, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    if (request.method === "GET") {
      const imports = before(new URL(request.url).searchParams.get("name") ?? "");
      return Response.json({ data: { imports } });
    }
    const body = await request.bytes();
    const { pathname, searchParams } = new URL(request.url);
    received.push({ path: pathname, query: searchParams, headers: request.headers, body });
    return respond();
  });
  return {
    received,
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

export function accepted(
  more: {
    accepted?: number;
    duplicates?: number;
    rejected?: { line: number; error: string }[];
    rejected_total?: number;
  } = {},
) {
  const data = { ...noFigures(), accepted: 3, duplicates: 1, ...more };
  return () => Response.json({ success: true, data });
}

export async function folder(files: Record<string, string | Uint8Array>) {
  const path = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${path}/${name}`, bytes);
  }
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Runs the command to its end. */
export async function run(args: string[], env: Record<string, string> = {}) {
  return await startImport(args, env).end();
}

/** Hides the variables of the test run's environment. */
const NO_SERVER = {
  MILLRACE_URL: "",
  BASE_PATH: "",
  ...{ MILLRACE_TOKEN: "", MILLRACE_TOKEN_FILE: "", ADMIN_TOKEN: "", ADMIN_TOKEN_FILE: "" },
};

/** Starts the command with the permissions of `deno task import`. */
export function startImport(args: string[], env: Record<string, string> = {}) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-P=import", "tasks/import.ts", ...args],
    cwd: ROOT,
    env: { ...NO_SERVER, NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let stderr = "";
  const stdout = child.stdout.pipeThrough(new TextDecoderStream());
  const reading = (async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) stderr += text;
  })();
  const printing = Array.fromAsync(stdout);
  return {
    /** Resolves once the standard error matches `pattern`. */
    printed: (pattern: RegExp) => eventually(() => assert.match(stderr, pattern), 30_000),
    interrupt: () => child.kill("SIGINT"),
    kill: () => child.kill("SIGKILL"),
    async end() {
      const [{ code }, parts] = await Promise.all([child.status, printing, reading]);
      return { code, stdout: parts.join(""), stderr };
    },
  };
}

export const LINE = '{"title":"一","content":"c"}\n';
