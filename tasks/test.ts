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
  ...[FAULTS, SECURITY, "tests/integration", "tests/browser", "tests/tasks", "tests/examples"],
  "tests/docs",
];
/** Those of them that take longest, longest first: started last, one would run on alone at the end. */
const LONGEST = [
  ...["faults/any_refusal", "browser/health_everywhere", "browser/dev_loop", "docs/walk"],
  ...["faults/both_away", "faults/disturbed_redis", "faults/disturbed_pgbouncer"],
  ...["faults/disturbed_postgres", "faults/refusing_redis", "faults/refusing_postgres"],
  ...["faults/kill_servers", "faults/kill_nodes", "faults/poison_in_bulk", "browser/articles"],
  ...["browser/failures_page", "browser/settings", "faults/promotion", "faults/freeze_node"],
].map((name) => `tests/${name}_test.ts`);
/** Tests that measure memory and the event loop: run one at a time, after all others. */
const MEASURING = [
  ...["archive_stalls", "bad_input", "document_stalls", "frame_flood", "json_stalls"],
  ...["pattern_stalls", "request_turns", "tiny_chunks"],
].map((name) => `${SECURITY}/${name}_test.ts`).concat(`${FAULTS}/slow_socket_test.ts`);
/** Folders whose tests start a Redis or a Postgres. */
const SERVERS = ["auth", "bus", "database", "processor", "queue", "redis"].map((name) =>
  `tests/${name}`
);
/** The number of test files that run in parallel on two cores, and of those that mostly wait. */
const JOBS = 2;
const WAITING_JOBS = 4;
/** The most memory that the tests' files may take, and what must be available for that. */
const DISK_KIB = 3 * 1024 ** 2;
const AVAILABLE_BYTES = 6 * 1024 ** 3;
/** The embedded Postgres is compiled once and not optimized, which takes a third of the CPU time of a start. */
const FAST_EMBEDDED = "--liftoff-only";

const unit = Deno.args.includes("--unit");
const faults = Deno.args.includes("--faults");
const paths = Deno.args.filter((arg) => !arg.startsWith("--"));

const without = (...folders: string[]) => `--ignore=${folders.join(",")}`;

interface Selection {
  args: string[];
  /** Default `JOBS`. */
  jobs?: number;
}

/** The runs of `deno test`, in order. */
function selections(): Selection[] {
  if (paths.length > 0) return [{ args: paths }];
  if (faults) return [{ args: [FAULTS] }];
  if (unit) return [{ args: ["--parallel", "tests", without(...NODES, ...SERVERS)] }];
  return [
    { args: ["--parallel", "tests", without(...NODES)] },
    { args: ["--parallel", ...LONGEST, ...NODES, without(...MEASURING)], jobs: WAITING_JOBS },
    { args: MEASURING },
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

interface RunOptions {
  onOutput: (text: string) => void;
  jobs?: number;
  cwd?: string;
}

async function run(
  args: string[],
  { onOutput, jobs = JOBS, cwd }: RunOptions,
): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    ...(cwd !== undefined && { cwd }),
    env: {
      ...(faults ? { FAULTS: "long" } : {}),
      ...(disk === null ? {} : { TMPDIR: disk.folder }),
      DENO_V8_FLAGS: FAST_EMBEDDED,
      DENO_JOBS: String(jobs),
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

const built = await run(["run", "-P=build", "dev.ts", "build"], { onOutput: write });
if (built !== 0) await end(built);

interface Outcome {
  passed: number;
  failed: number;
  ignored: number;
}

/** Runs `deno test` in a folder and returns its counts; a run that crashes without counts has failed. */
async function test(args: string[], options: Omit<RunOptions, "onOutput">): Promise<Outcome> {
  let tail = "";
  const onOutput = (text: string) => {
    write(text);
    tail = (tail + text).slice(-4_000);
  };
  const code = await run(["test", "--no-check", ...args], { onOutput, ...options });
  // deno-lint-ignore no-control-regex
  const plain = tail.replace(/\x1b\[[0-9;]*m/g, "");
  const summary = /(\d+) passed[^|]*\| (\d+) failed(?:[^|]*\| (\d+) ignored)?/.exec(plain);
  const [passed = 0, failed = 0, ignored = 0] = [1, 2, 3].map((i) => Number(summary?.[i] ?? 0));
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, ignored };
}

const outcomes: Outcome[] = [];
for (const { args, ...options } of selections()) {
  outcomes.push(await test(["-P=test", ...args], options));
}
if (paths.length === 0 && !faults && !unit) {
  for (const folder of await packageFolders()) {
    outcomes.push(await test(["-A", "tests"], { cwd: folder }));
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
