/**
 * Runs the tests and ends with the line `N passed, N failed`.
 *
 *   deno task test             everything, the fault tests in their short form
 *   deno task test:unit        what needs no server of Millrace
 *   deno task test:faults      the fault tests in their long form
 *   deno task test PATH…       these files or folders
 *
 * With CI=true in the environment a skipped test is a failure.
 */
const SERVED = ["tests/integration", "tests/browser", "tests/faults"];

const unit = Deno.args.includes("--unit");
const faults = Deno.args.includes("--faults");
const paths = Deno.args.filter((arg) => !arg.startsWith("--"));

function selection(): string[] {
  if (paths.length > 0) return paths;
  if (faults) return ["tests/faults"];
  return unit ? ["tests", `--ignore=${SERVED.join(",")}`] : ["tests"];
}

async function run(args: string[], onOutput: (text: string) => void): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    env: {
      ...(faults ? { FAULTS: "long" } : {}),
      FORCE_COLOR: Deno.stdout.isTerminal() ? "1" : "",
    },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) onOutput(text);
  return (await child.status).code;
}

function write(text: string) {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

const built = await run(["run", "-P=build", "dev.ts", "build"], write);
if (built !== 0) Deno.exit(built);

let tail = "";
const code = await run(["test", "-P=test", "--no-check", ...selection()], (text) => {
  write(text);
  tail = (tail + text).slice(-4_000);
});
// deno-lint-ignore no-control-regex
const plain = tail.replace(/\x1b\[[0-9;]*m/g, "");
const summary = /(\d+) passed[^|]*\| (\d+) failed(?:[^|]*\| (\d+) ignored)?/.exec(plain);
const [passed, failed, ignored] = [1, 2, 3].map((index) => Number(summary?.[index] ?? 0)) as [
  number,
  number,
  number,
];
const skipsFail = Deno.env.get("CI") === "true" && ignored > 0;
if (ignored > 0) {
  write(`\n${ignored} tests were skipped for want of a program (see above).\n`);
  if (skipsFail) write("In CI that is a failure.\n");
}
const failures = failed + (skipsFail ? ignored : 0) + (code !== 0 && failed === 0 ? 1 : 0);
write(`\n${passed} passed, ${failures} failed\n`);
Deno.exit(failures > 0 || passed === 0 ? 1 : 0);
