/**
 * Saves the embedded database of a running node to a file: `deno task backup FILE`. The node keeps running.
 * `MILLRACE_URL` is the node's URL; `ADMIN_TOKEN` is sent if required.
 */
import { serverUrl } from "./server_url.ts";

const [path] = Deno.args;
if (path === undefined) fail("Cannot back up: name the file to write, as in deno task backup FILE");

const token = Deno.env.get("ADMIN_TOKEN");
const response = await fetch(new URL("api/backup", serverUrl()), {
  headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
}).catch(() => null);
if (response === null) fail(`Cannot back up: no server responds at ${serverUrl().origin}`);
if (!response.ok || response.body === null) {
  fail(`Cannot back up: ${response.status} ${await response.text()}`);
}
const draft = `${path}.part`;
await Deno.writeFile(draft, response.body, { mode: 0o600 });
await Deno.rename(draft, path);
const { size } = await Deno.stat(path);
print(`Saved ${size.toLocaleString("en")} bytes to ${path}\n`);

function print(text: string) {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

function fail(message: string): never {
  Deno.stderr.writeSync(new TextEncoder().encode(`${message}\n`));
  Deno.exit(1);
}
