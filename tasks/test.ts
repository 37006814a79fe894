/**
 * Runs the tests and ends with the line `N passed, N failed`.
 *
 *   deno task test             everything, the fault-injection tests in their short form, and each package's
 *   deno task test:unit        the tests that need no server, in seconds
 *   deno task test:faults      the fault-injection tests in their long form
 *   deno task test PATH…       these files or folders
 *
 * With CI=true in the environment a skipped test is a failure.
 */
import { packageFolders } from "./package_folders.ts";

/** Folders whose tests start nodes; mostly waiting rather than computing. */
const NODES = ["tests/integration", "tests/browser", "tests/tasks", "tests/examples", "tests/docs"];
/** Folders whose tests kill nodes and servers, and mostly wait for them. */
const FAULTS = "tests/faults";
/** Tests that measure memory and the event loop: run one at a time, after all others. */
const MEASURING = ["tests/security", "tests/faults/slow_socket_test.ts"];
/** Folders whose tests start a Redis or a Postgres. */
const SERVERS = ["auth", "bus", "database", "processor", "queue", "redis"].map((name) =>
  `tests/${name}`
);
/** The number of test files to run in parallel: enough to use two cores while some wait. */
const JOBS = "2";

const unit = Deno.args.includes("--unit");
const faults = Deno.args.includes("--faults");
const paths = Deno.args.filter((arg) => !arg.startsWith("--"));

const without = (...folders: string[]) => `--ignore=${folders.join(",")}`;

/** The runs of `deno test`, in order. */
function selections(): string[][] {
  if (paths.length > 0) return [paths];
  if (faults) return [[FAULTS]];
  if (unit) return [["--parallel", "tests", without(...NODES, FAULTS, ...MEASURING, ...SERVERS)]];
  return [
    ["--parallel", "tests", without(...NODES, FAULTS, ...MEASURING)],
    ["--parallel", ...NODES],
    ["--parallel", FAULTS, without(...MEASURING)],
    MEASURING,
  ];
}

async function run(
  args: string[],
  onOutput: (text: string) => void,
  cwd?: string,
): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    ...(cwd !== undefined && { cwd }),
    env: {
      ...(faults ? { FAULTS: "long" } : {}),
      DENO_JOBS: JOBS,
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

interface Outcome {
  passed: number;
  failed: number;
  ignored: number;
}

/** Runs `deno test` in a folder and returns its counts; a run that crashes without counts has failed. */
async function test(args: string[], cwd?: string): Promise<Outcome> {
  let tail = "";
  const code = await run(["test", "--no-check", ...args], (text) => {
    write(text);
    tail = (tail + text).slice(-4_000);
  }, cwd);
  // deno-lint-ignore no-control-regex
  const plain = tail.replace(/\x1b\[[0-9;]*m/g, "");
  const summary = /(\d+) passed[^|]*\| (\d+) failed(?:[^|]*\| (\d+) ignored)?/.exec(plain);
  const [passed = 0, failed = 0, ignored = 0] = [1, 2, 3].map((i) => Number(summary?.[i] ?? 0));
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, ignored };
}

const outcomes: Outcome[] = [];
for (const selection of selections()) outcomes.push(await test(["-P=test", ...selection]));
if (paths.length === 0 && !faults && !unit) {
  for (const folder of await packageFolders()) outcomes.push(await test(["-A", "tests"], folder));
}
const sum = (of: keyof Outcome) => outcomes.reduce((total, each) => total + each[of], 0);
const [passed, failed, ignored] = [sum("passed"), sum("failed"), sum("ignored")];
const skipsFail = Deno.env.get("CI") === "true" && ignored > 0;
if (ignored > 0) {
  write(
    `\n${ignored} ${
      ignored === 1 ? "test was" : "tests were"
    } skipped because a program is not installed (see above).\n`,
  );
  if (skipsFail) write("In CI that is a failure.\n");
}
const failures = failed + (skipsFail ? ignored : 0);
write(`\n${passed} passed, ${failures} failed\n`);
Deno.exit(failures > 0 || passed === 0 ? 1 : 0);
