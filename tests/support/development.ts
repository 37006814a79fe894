import { fileURLToPath } from "node:url";
import { z } from "zod";
import { createEmbeddedFolder } from "./embedded_folder.ts";
import { freePort } from "./millrace.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The project files that a development server needs. */
const SOURCES = [
  ...["components", "islands", "lib", "migrations", "packages", "routes", "static", "tasks"],
  ...["workers", "data/sample.jsonl", "define.ts", "deno.json", "deno.lock", "dev.ts"],
  ...["fresh.config.ts", "main.ts"],
];
const START_MS = 120_000;
const LOOK_MS = 500;
/** A server that has been up for so long since the last save has missed it. */
const MISSED_MS = 10_000;

/** A copy of the project, served like `deno task dev`. Disposing it stops the server. */
export interface Development extends AsyncDisposable {
  readonly url: string;
  /**
   * Replaces all occurrences of a text in a file of the copy; throws if there are none. Until the next edit, saves
   * the file again when the server did not restart, because the watcher misses changes while it restarts.
   */
  edit(path: string, from: string, to: string): Promise<void>;
}

const configuration = z.object({ tasks: z.object({ dev: z.object({ command: z.string() }) }) });

/** Copies the project and additional files into a temporary folder, and serves it like `deno task dev`. */
export async function startDevelopment(files: Record<string, string>): Promise<Development> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-development-" });
  for (const source of SOURCES) await copy(`${ROOT}${source}`, `${folder}/${source}`);
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
  const dataDir = await createEmbeddedFolder();
  const port = freePort();
  // Runs the task's command directly, because `deno task` does not forward signals.
  const { tasks } = configuration.parse(JSON.parse(await Deno.readTextFile(`${folder}/deno.json`)));
  const [, ...args] = tasks.dev.command.split(" ");
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    env: { PORT: String(port), LISTEN: "127.0.0.1", DATA_DIR: dataDir, NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let log = "";
  const reading = (async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) log += text;
  })();
  const url = `http://127.0.0.1:${port}`;

  let saving: ReturnType<typeof setInterval> | undefined;
  let looking: Promise<void> = Promise.resolve();

  function saveUntilSeen(save: () => Promise<void>) {
    let since = Date.now();
    const look = async () => {
      if (await isServing(url)) {
        if (Date.now() - since < MISSED_MS) return;
        await save();
      }
      since = Date.now();
    };
    saving = setInterval(() => looking = looking.then(look), LOOK_MS);
  }

  async function stop() {
    clearInterval(saving);
    await looking;
    child.kill("SIGINT");
    await Promise.all([child.status, reading]);
    for (const each of [folder, dataDir]) await Deno.remove(each, { recursive: true });
  }

  const began = Date.now();
  while (!await isServing(url)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (Date.now() - began < START_MS) continue;
    await stop();
    throw new Error(`The development server does not serve. Its log:\n${log}`);
  }
  return {
    url,
    async edit(path, from, to) {
      const text = await Deno.readTextFile(`${folder}/${path}`);
      if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`);
      clearInterval(saving);
      await looking;
      const save = () => Deno.writeTextFile(`${folder}/${path}`, text.replaceAll(from, to));
      await save();
      saveUntilSeen(save);
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** Whether a server responds at an address, with any status. */
export async function isServing(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`);
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

async function copy(from: string, to: string): Promise<void> {
  const info = await Deno.stat(from).catch(() => null);
  if (info === null) return;
  if (info.isFile) {
    await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}
