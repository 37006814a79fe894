import { join } from "node:path";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";

const MIGRATIONS = new URL("../../migrations/", import.meta.url);

/**
 * Creates a temporary `DATA_DIR` with an empty, migrated embedded Postgres. Copies a template that the first
 * caller creates, because `initdb` and the migrations take seconds of CPU time and a copy takes 0.1 s.
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

/** The template's folder, one per version of PGlite and of the migrations. */
async function template(): Promise<string> {
  const { version } = JSON.parse(await Deno.readTextFile(packageFile()));
  const temporary = Deno.env.get("TMPDIR") ?? "/tmp";
  const name = `millrace-embedded-template-${Deno.uid()}-${version}-${await digestOfMigrations()}`;
  const folder = join(temporary, name);
  if (await exists(folder)) return folder;
  const draft = await Deno.makeTempDir({ prefix: "millrace-embedded-initdb-" });
  {
    await using database = await connectDatabase({ url: null, dataDir: draft });
    await migrate(database);
  }
  try {
    await Deno.rename(join(draft, "embedded"), folder);
  } catch (thrown) {
    // Another test process created the template first.
    if (!await exists(folder)) throw thrown;
  }
  await Deno.remove(draft, { recursive: true });
  return folder;
}

async function digestOfMigrations(): Promise<string> {
  const names = [...Deno.readDirSync(MIGRATIONS)].map(({ name }) => name).sort();
  const texts = await Promise.all(names.map((name) => Deno.readFile(new URL(name, MIGRATIONS))));
  const digest = await crypto.subtle.digest("SHA-256", await new Blob(texts).bytes());
  return new Uint8Array(digest).toHex().slice(0, 12);
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
