import { fileURLToPath } from "node:url";

const SOURCE = new URL("../peers/", import.meta.url);

/** A program of bench/peers in a separate process. */
export interface PeerProcess extends AsyncDisposable {
  pid: number;
  /** Returns the next line of its output; throws if the output ends first. */
  nextLine(): Promise<string>;
  /** Writes a line to its input. */
  writeLine(line: string): Promise<void>;
}

export type Runtime = "deno" | "node";

/** Starts bench/peers/`program`.ts on a runtime, with its packages installed. */
export async function startPeer(
  program: string,
  runtime: Runtime,
  env: Record<string, string>,
): Promise<PeerProcess> {
  const folder = await install();
  const file = `${folder}/${program}.mjs`;
  await bundle(program, file);
  const [command, args] = runtime === "node"
    ? ["node", [file]]
    : [Deno.execPath(), ["run", "-A", "--quiet", "--no-check", file]];
  const child = new Deno.Command(command, {
    args,
    cwd: folder,
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  const lines = linesOf(child.stdout);
  return {
    pid: child.pid,
    async nextLine() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The peer ${program} on ${runtime} has ended`);
      return value;
    },
    writeLine: (line) => input.write(new TextEncoder().encode(`${line}\n`)),
    async [Symbol.asyncDispose]() {
      await input.close().catch(() => {}); // the process may have exited already
      child.kill("SIGKILL");
      await child.status;
      await lines.return(undefined);
    },
  };
}

async function* linesOf(output: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let rest = "";
  for await (const text of output.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

let installed: Promise<string> | null = null;

/** Installs the peers' packages into a folder that is reused by later runs. */
function install(): Promise<string> {
  return installed ??= (async () => {
    const manifest = await Deno.readFile(new URL("packages.json", SOURCE));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", manifest)).toHex();
    const folder = `${Deno.env.get("TMPDIR") ?? "/tmp"}/millrace-peers-${digest.slice(0, 12)}`;
    const complete = await Deno.stat(`${folder}/complete`).then(() => true, () => false);
    if (complete) return folder;
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeFile(`${folder}/package.json`, manifest);
    await run("npm", ["install", "--no-audit", "--no-fund", "--silent"], folder);
    await Deno.writeTextFile(`${folder}/complete`, "");
    return folder;
  })();
}

/** Bundles a program into one file for Deno and Node, without the packages. */
async function bundle(program: string, file: string) {
  const entry = fileURLToPath(new URL(`${program}.ts`, SOURCE));
  const args = ["bundle", "--quiet", "--platform", "deno", "--output", file, entry];
  await run(Deno.execPath(), args, fileURLToPath(SOURCE));
}

async function run(command: string, args: string[], cwd: string) {
  const { success, stderr } = await new Deno.Command(command, { args, cwd, stdout: "null" })
    .output();
  if (!success) throw new Error(`Cannot run ${command}: ${new TextDecoder().decode(stderr)}`);
}
