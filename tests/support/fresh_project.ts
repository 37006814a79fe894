import { fileURLToPath } from "node:url";

/** A Fresh project in a temporary folder, which goes with its test. */
export interface FreshProject extends AsyncDisposable {
  readonly folder: string;
  /** Runs a module of the project to its end. */
  run(module: string, ...args: string[]): Promise<void>;
  /** Starts a module that serves on `PORT`, and waits until it answers. */
  serve(module: string): Promise<ServedProject>;
}

/** A project's server; it ends with its test. */
export interface ServedProject extends AsyncDisposable {
  readonly url: string;
}

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A copy of the project at `source`, on this repository's own `lib/fresh`.
 *
 * @param compilerOptions What differs from this repository's options for the compiler.
 */
export async function createFreshProject(
  source: URL,
  compilerOptions: Record<string, unknown> = {},
): Promise<FreshProject> {
  const folder = await Deno.makeTempDir({ prefix: "fresh-project-" });
  await copyFolder(fileURLToPath(source), folder);
  const config = JSON.parse(await Deno.readTextFile(`${REPOSITORY}deno.json`));
  await Deno.writeTextFile(
    `${folder}/deno.json`,
    JSON.stringify({
      imports: config.imports,
      links: [`${REPOSITORY}lib/fresh`],
      nodeModulesDir: "none",
      unstable: config.unstable,
      compilerOptions: { ...config.compilerOptions, ...compilerOptions },
    }),
  );
  return {
    folder,
    async run(module, ...args) {
      const { success, stderr } = await command(folder, [module, ...args], {})
        .output();
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
    await answers(url, child);
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

/** Waits for the first answer at `url`, or the end of what is to give it. */
async function answers(url: string, child: Deno.ChildProcess): Promise<void> {
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
  throw new Error(`The server at ${url} ended before it answered`);
}

/** A port that nothing listens on at the moment. */
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
