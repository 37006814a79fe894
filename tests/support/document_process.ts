import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NPX_DENO = "npx -y deno@2.9.6";
/** Longer than the shutdown of a node. */
const STOP_MS = 30_000;

export interface DocumentRunner extends AsyncDisposable {
  /** Runs a command and returns its output; throws with its output if it fails. */
  run(command: string): Promise<string>;
  /** Starts a long-running command. */
  start(command: string): DocumentProcess;
}

/** A running command of a document. */
export interface DocumentProcess {
  output(): string;
  /** Sends SIGTERM and resolves to the exit code. */
  stop(): Promise<number>;
}

/**
 * Runs commands of the documents in the project's folder, with `env`, after replacing ports, folders and the
 * like with those of the test. Disposing it stops what is still running.
 */
export function createDocumentRunner(
  env: Record<string, string>,
  replacements: readonly [string, string][],
): DocumentRunner {
  const running = new Set<DocumentProcess>();
  /** The document's `export` lines so far; they apply to later commands. */
  let exports = "";

  function adapted(command: string): string {
    const all: readonly [string, string][] = [...replacements, [NPX_DENO, Deno.execPath()]];
    return all.reduce((text, [from, to]) => text.replaceAll(from, to), command);
  }

  function spawn(command: string) {
    const isServer = /task (start|node)$/.test(command);
    // Replaces the shell by the program, so that signals reach it.
    const text = isServer
      ? adapted(command).replace(Deno.execPath(), `exec ${Deno.execPath()}`)
      : adapted(command);
    return new Deno.Command("bash", {
      args: ["-c", `set -e\n${exports}\n${text}`],
      cwd: ROOT,
      env: { NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  }

  return {
    async run(command) {
      if (command.startsWith("export ")) {
        exports += `${adapted(command)}\n`;
        return "";
      }
      const { success, stdout, stderr } = await spawn(command).output();
      const [output, errors] = [stdout, stderr].map((each) => new TextDecoder().decode(each));
      if (!success) throw new Error(`${command} failed:\n${output}${errors}`);
      return output ?? "";
    },
    start(command) {
      const child = spawn(command).spawn();
      let output = "";
      const keep = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
        for await (const text of stream.pipeThrough(new TextDecoderStream())) output += text;
      };
      const reading = Promise.all([keep(child.stdout), keep(child.stderr)]);
      let stopping: Promise<number> | null = null;
      async function end() {
        child.kill("SIGTERM");
        const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
        const { code } = await child.status;
        clearTimeout(late);
        await reading;
        running.delete(started);
        return code;
      }
      const started: DocumentProcess = {
        output: () => output,
        stop: () => stopping ??= end(),
      };
      running.add(started);
      return started;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map((each) => each.stop()));
    },
  };
}
