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
import { hasSmallDisk, mountSmallDisk } from "../tests/support/small_disk.ts";
import { packageFolders } from "./package_folders.ts";

/** Folders whose tests kill nodes and servers, and mostly wait for them. */
const FAULTS = "tests/faults";
const SECURITY = "tests/security";
/** Folders whose tests start nodes; mostly waiting rather than computing. */
const NODES = [
  ...[SECURITY, "tests/integration", "tests/browser", "tests/tasks", "tests/examples"],
  "tests/docs",
];
/** Tests that measure memory, the event loop or how soon pages show a state: run one at a time, after all others. */
const MEASURING = [
  ...["archive_stalls", "bad_input", "document_stalls", "frame_flood", "json_stalls"],
  ...["pattern_stalls", "request_turns", "tiny_chunks"],
].map((name) => `${SECURITY}/${name}_test.ts`).concat(
  `${FAULTS}/slow_socket_test.ts`,
  "tests/browser/health_everywhere_test.ts",
);
/** Folders whose tests start a Redis or a Postgres. */
const SERVERS = ["auth", "bus", "database", "processor", "queue", "redis"].map((name) =>
  `tests/${name}`
);
/** The number of test files that one run runs in parallel: enough to use two cores while some wait. */
const JOBS = "2";
/** The most memory that the tests' files may take, and what must be available for that. */
const DISK_KIB = 3 * 1024 ** 2;
const AVAILABLE_BYTES = 6 * 1024 ** 3;
/** The embedded Postgres is compiled once and not optimized, which takes a third of the CPU time of a start. */
const FAST_EMBEDDED = "--liftoff-only";

const unit = Deno.args.includes("--unit");
const faults = Deno.args.includes("--faults");
const paths = Deno.args.filter((arg) => !arg.startsWith("--"));

const without = (...folders: string[]) => `--ignore=${folders.join(",")}`;

/** The arguments of `deno test`, in order; those of one stage run at the same time. */
function stages(): string[][][] {
  if (paths.length > 0) return [[paths]];
  if (faults) return [[[FAULTS]]];
  if (unit) return [[["--parallel", "tests", without(FAULTS, ...NODES, ...SERVERS)]]];
  return [
    [["--parallel", "tests", without(FAULTS, ...NODES)]],
    [
      ["--parallel", ...NODES, without(...MEASURING)],
      // They mostly wait: beside the others, they take little more time.
      ["--parallel", FAULTS, without(...MEASURING)],
    ],
    [MEASURING],
  ];
}

/**
 * Mounts the tests' temporary folder in memory, where a data folder, a thousand files, is copied in a tenth of the time.
 * Null without the right or the memory for it, and for the long form, whose files are large.
 */
async function mountTemporaryFolder() {
  const { available } = Deno.systemMemoryInfo();
  return hasSmallDisk && !faults && available > AVAILABLE_BYTES
    ? await mountSmallDisk(DISK_KIB)
    : null;
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
      ...(disk === null ? {} : { TMPDIR: disk.folder }),
      DENO_V8_FLAGS: FAST_EMBEDDED,
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

const disk = await mountTemporaryFolder();

async function end(code: number): Promise<never> {
  await disk?.[Symbol.asyncDispose]();
  Deno.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => end(130));

const built = await run(["run", "-P=build", "dev.ts", "build"], write);
if (built !== 0) await end(built);

interface Outcome {
  passed: number;
  failed: number;
  ignored: number;
}

/** Runs `deno test` in a folder and returns its counts; a run that crashes without counts has failed. */
async function test(
  args: string[],
  onOutput: (text: string) => void,
  cwd?: string,
): Promise<Outcome> {
  let tail = "";
  const code = await run(["test", "--no-check", ...args], (text) => {
    onOutput(text);
    tail = (tail + text).slice(-4_000);
  }, cwd);
  // deno-lint-ignore no-control-regex
  const plain = tail.replace(/\x1b\[[0-9;]*m/g, "");
  const summary = /(\d+) passed[^|]*\| (\d+) failed(?:[^|]*\| (\d+) ignored)?/.exec(plain);
  const [passed = 0, failed = 0, ignored = 0] = [1, 2, 3].map((i) => Number(summary?.[i] ?? 0));
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, ignored };
}

/** Runs a stage. The output of its first run is written at once, and that of each other one after the stage. */
async function testStage(runs: string[][]): Promise<Outcome[]> {
  const held = runs.map(() => "");
  const outcomes = await Promise.all(runs.map((args, i) =>
    test(["-P=test", ...args], (text) => {
      if (i === 0) write(text);
      else held[i] += text;
    })
  ));
  for (const text of held) write(text);
  return outcomes;
}

const outcomes: Outcome[] = [];
for (const stage of stages()) outcomes.push(...await testStage(stage));
if (paths.length === 0 && !faults && !unit) {
  for (const folder of await packageFolders()) {
    outcomes.push(await test(["-A", "tests"], write, folder));
  }
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
await end(failures > 0 || passed === 0 ? 1 : 0);
