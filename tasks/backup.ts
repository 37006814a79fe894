/**
 * Saves the embedded database of a running node to a file: `deno task backup FILE`. The node keeps running.
 * `MILLRACE_URL` and `MILLRACE_TOKEN` are the node's URL and an admin's token, as for `deno task import`.
 */
import { toError } from "../lib/runtime/errors.ts";
import { fileFault } from "../lib/runtime/file_fault.ts";
import { readServerAccess } from "./server_access.ts";

try {
  const [path] = Deno.args;
  if (path === undefined) throw new Error("name the file to write, as in deno task backup FILE");
  const size = await backUp(path);
  print(Deno.stdout, `Saved ${size.toLocaleString("en")} bytes to ${path}`);
} catch (thrown) {
  print(Deno.stderr, `Cannot back up: ${toError(thrown).message}`);
  Deno.exitCode = 1;
}

/** Returns the size of the backup in bytes. */
async function backUp(path: string): Promise<number> {
  const { url, headers, remedy } = readServerAccess();
  const response = await fetch(new URL("api/backup", url), { headers }).catch(() => null);
  if (response === null) {
    throw new Error(
      `no server responds at ${url.href}; start one, or set MILLRACE_URL to where it is`,
    );
  }
  if (!response.ok || response.body === null) {
    const { status } = response;
    const said = await refusal(response);
    throw new Error(`${url.href} responded with ${status}: ${said}${remedy(status)}`);
  }
  await save(path, response.body);
  return (await Deno.stat(path)).size;
}

/** Writes the whole file, or none: a backup that is cut off must not replace one that is whole. */
async function save(path: string, content: ReadableStream<Uint8Array>) {
  const draft = `${path}.part`;
  try {
    await Deno.writeFile(draft, content, { mode: 0o600 });
    await Deno.rename(draft, path);
  } catch (cause) {
    await Deno.remove(draft).catch(() => {});
    // The connection fails with a TypeError, and a file with another one.
    const fault = cause instanceof TypeError
      ? "the connection ended before the backup was complete"
      : `${path} ${fileFault(toError(cause), "written")}`;
    throw new Error(fault, { cause });
  }
}

/** The message of a refusal; another server's response has none. */
async function refusal(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return JSON.parse(text).message ?? text;
  } catch {
    return "something that is not Millrace's";
  }
}

function print(to: typeof Deno.stdout, line: string) {
  to.writeSync(new TextEncoder().encode(`${line}\n`));
}
