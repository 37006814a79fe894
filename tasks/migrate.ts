/**
 * Applies the migrations that a database lacks, ahead of an upgrade: `deno task migrate`. Reads the database
 * from the environment as a node does. Nodes of the previous version may be running.
 */
import { connectDatabase } from "../lib/database/connect.ts";
import { migrate } from "../lib/database/run_migrations.ts";
import { readConfig } from "../lib/runtime/config.ts";
import { readEnvironment } from "../lib/runtime/environment.ts";
import { toError } from "../lib/runtime/errors.ts";

try {
  const { databaseUrl, dataDir } = readConfig(readEnvironment());
  await using database = await connectDatabase({
    url: databaseUrl,
    dataDir,
    onWait: (what) => print(Deno.stderr, what),
  });
  const applied = await migrate(database);
  print(Deno.stdout, applied.length === 0 ? "Nothing to apply" : `Applied ${applied.join(", ")}`);
} catch (thrown) {
  print(Deno.stderr, toError(thrown).message);
  Deno.exitCode = 1;
}

function print(to: typeof Deno.stdout, line: string) {
  to.writeSync(new TextEncoder().encode(`${line}\n`));
}
