import { fileURLToPath } from "node:url";

/** A Fresh project in a temporary folder; disposing it deletes the folder. */
export interface FreshProject extends AsyncDisposable {
  readonly folder: string;
  /** Runs a module of the project until it exits. */
  run(module: string, options?: { args?: string[]; env?: Record<string, string> }): Promise<void>;
  /** Starts a module that serves on `PORT`, and waits until it responds. */
  serve(module: string): Promise<ServedProject>;
}

/** A project's server; disposing it stops the server. */
export interface ServedProject extends AsyncDisposable {
  readonly url: string;
}

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Copies the project at `source`, with this package instead of the published framework.
 *
 * @param compilerOptions Compiler options that differ from this package's.
 */
export async function createFreshProject(
  source: URL,
  compilerOptions: Record<string, unknown> = {},
): Promise<FreshProject> {
  const folder = await Deno.makeTempDir({ prefix: "fresh-project-" });
  await copyFolder(fileURLToPath(source), folder);
  const { imports, version, ...config } = JSON.parse(
    await Deno.readTextFile(`${PACKAGE}deno.json`),
  );
  const libraries = Object.entries(imports).filter(([name]) => !name.startsWith("fresh"));
  await Deno.writeTextFile(
    `${folder}/deno.json`,
    JSON.stringify({
      imports: { fresh: `jsr:@fresh/core@^${version}`, ...Object.fromEntries(libraries) },
      links: [PACKAGE],
      nodeModulesDir: "none",
      unstable: config.unstable,
      compilerOptions: { ...config.compilerOptions, ...compilerOptions },
    }),
  );
  return {
    folder,
    async run(module, { args = [], env = {} } = {}) {
      const { success, stderr } = await command(folder, [module, ...args], env).output();
      if (!success) {
        throw new Error(`${module} failed: ${new TextDecoder().decode(stderr)}`);
      }
    },
    serve: (module) => serveProject(folder, module),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function serveProject(folder: string, module: string): Promise<ServedProject> {
  const port = freePort();
  const env = { PORT: String(port), HOSTNAME: "127.0.0.1" };
  const child = command(folder, [module], env).spawn();
  const stop = async () => {
    child.kill("SIGKILL");
    await Promise.all([child.status, child.stderr.cancel()]);
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilServing(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, [Symbol.asyncDispose]: stop };
}

function command(folder: string, args: string[], env: Record<string, string>): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", ...args],
    cwd: folder,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
}

/** Waits for the first response at `url`; throws if the server exits before it. */
async function untilServing(url: string, child: Deno.ChildProcess): Promise<void> {
  let ended = false;
  child.status.then(() => ended = true);
  while (!ended) {
    try {
      const response = await fetch(url);
      await response.body?.cancel();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error(`The server at ${url} ended before it responded`);
}

/** Returns a free port. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    const source = `${from}/${entry.name}`;
    if (entry.isDirectory) await copyFolder(source, `${to}/${entry.name}`);
    else await Deno.copyFile(source, `${to}/${entry.name}`);
  }
}
