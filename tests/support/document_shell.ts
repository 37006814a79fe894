import { join } from "node:path";

/** The URL in the documents' examples. */
const DOCUMENTED_URL = "http://localhost:8000";
/** The timeout, in seconds, of commands that listen until they are stopped. */
const LISTENING_S = 2;

export interface DocumentShell extends AsyncDisposable {
  /**
   * Runs a command of a document with bash, against the test's servers. Unless `token` is null, each request
   * sends it. An HTTP error fails the command.
   */
  run(command: string, token: string | null): Promise<{ success: boolean; output: string }>;
}

/** Creates a shell in a temporary folder that maps the documents' addresses to a test's servers. */
export async function createDocumentShell(
  { url, redisPort, env }: { url: string; redisPort: number; env: Record<string, string> },
): Promise<DocumentShell> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-documents-" });
  const program = join(folder, "redis-cli");
  const real = await which("redis-cli");
  await Deno.writeTextFile(program, `#!/bin/sh\nexec ${real} -p ${redisPort} "$@"\n`);
  await Deno.chmod(program, 0o755);

  return {
    async run(command, token) {
      const settings = ["silent", "show-error", "fail-with-body"];
      if (token !== null) settings.push(`header = "authorization: Bearer ${token}"`);
      await Deno.writeTextFile(join(folder, ".curlrc"), settings.join("\n"));
      const listens = /SUBSCRIBE/.test(command);
      const text = command.replaceAll(DOCUMENTED_URL, url);
      const { code, stdout, stderr } = await new Deno.Command("bash", {
        args: ["-c", listens ? `timeout ${LISTENING_S} ${text}` : text],
        cwd: folder,
        env: { ...env, PATH: `${folder}:${Deno.env.get("PATH")}`, CURL_HOME: folder },
        stdin: "null",
      }).output();
      const output = [stdout, stderr].map((each) => new TextDecoder().decode(each)).join("");
      return { success: code === (listens ? 124 : 0), output };
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function which(program: string): Promise<string> {
  const { stdout } = await new Deno.Command("which", { args: [program] }).output();
  return new TextDecoder().decode(stdout).trim();
}
