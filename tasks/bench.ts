/**
 * Runs the benchmarks in bench/.
 *
 *   deno task bench                  every benchmark, one after the other, by their names
 *   deno task bench NAME [ARG…]      bench/NAME.ts with these arguments
 */
const FOLDER = new URL("../bench/", import.meta.url);
/** Shared modules, which are not benchmarks. */
const SHARED = "articles.ts";

const [chosen, ...args] = Deno.args;
const names = await benchmarks();
if (chosen !== undefined && !names.includes(chosen)) {
  write(`There is no benchmark ${chosen}. Available: ${names.join(", ")}\n`);
  Deno.exit(1);
}

const failed: string[] = [];
for (const name of chosen === undefined ? names : [chosen]) {
  write(`\n## ${name}\n\n`);
  if (!await run(name)) failed.push(name);
}
if (failed.length > 0) {
  write(`\nFailed: ${failed.join(", ")}\n`);
  Deno.exit(1);
}

async function benchmarks(): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(FOLDER));
  return files
    .filter(({ isFile, name }) => isFile && name.endsWith(".ts") && name !== SHARED)
    .map(({ name }) => name.slice(0, -".ts".length))
    .sort();
}

async function run(name: string): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=test", "--no-check", new URL(`${name}.ts`, FOLDER).href, ...args],
    stdin: "null",
  }).spawn().status;
  return success;
}

function write(text: string) {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
