import { join } from "node:path";
import { startEmbedded } from "../../lib/database/embedded.ts";

/**
 * Creates a temporary `DATA_DIR` with an initialized, empty embedded Postgres. Copies a template that the
 * first caller creates, because `initdb` takes seconds of CPU time and a copy takes 0.1 s.
 */
export async function createEmbeddedFolder(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-embedded-" });
  const copy = new Deno.Command("cp", {
    args: ["-a", "--reflink=auto", await template(), join(folder, "embedded")],
  });
  const { success, stderr } = await copy.output();
  if (!success) throw new Error(`Cannot copy the template: ${new TextDecoder().decode(stderr)}`);
  return folder;
}

/** The template's folder, one per version of PGlite. */
async function template(): Promise<string> {
  const { version } = JSON.parse(await Deno.readTextFile(packageFile()));
  const temporary = Deno.env.get("TMPDIR") ?? "/tmp";
  const folder = join(temporary, `millrace-embedded-template-${Deno.uid()}-${version}`);
  if (await exists(folder)) return folder;
  const draft = await Deno.makeTempDir({ prefix: "millrace-embedded-initdb-" });
  const embedded = await startEmbedded(draft);
  await embedded[Symbol.asyncDispose]();
  try {
    await Deno.rename(join(draft, "embedded"), folder);
  } catch (thrown) {
    // Another test process created the template first.
    if (!await exists(folder)) throw thrown;
  }
  await Deno.remove(draft, { recursive: true });
  return folder;
}

function packageFile(): URL {
  return new URL("../package.json", import.meta.resolve("@electric-sql/pglite"));
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
